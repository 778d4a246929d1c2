import java.io.FileInputStream;
import java.io.PrintStream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Opens workbooks with Apache POI from a stream and prints of each, as a line of
 * JSON, how many cells of each sheet hold something: Poi FILES
 */
public class Poi {
    public static void main(String[] files) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        for (String file : files) {
            StringBuilder result = new StringBuilder("\"sheets\":{");
            try {
                XSSFWorkbook book = new XSSFWorkbook(new FileInputStream(file));
                String comma = "";
                for (int i = 0; i < book.getNumberOfSheets(); i++) {
                    Sheet sheet = book.getSheetAt(i);
                    int cells = 0;
                    for (Row row : sheet)
                        for (Cell cell : row) {
                            String v = ((XSSFCell) cell).getRawValue();
                            if (cell.getCellType() == Cell.CELL_TYPE_STRING) v = cell.getStringCellValue();
                            if (v != null && !v.isEmpty()) cells++;
                        }
                    result.append(comma).append('"').append(sheet.getSheetName()).append("\":").append(cells);
                    comma = ",";
                }
                result.append('}');
            } catch (Exception e) {
                result = new StringBuilder("\"error\":\"" + e.toString().replace('"', '\'').replace('\n', ' ') + "\"");
            }
            out.println("{\"file\":\"" + file + "\"," + result + "}");
        }
    }
}
