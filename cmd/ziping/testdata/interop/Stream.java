import java.io.FileInputStream;
import java.util.zip.ZipInputStream;

/** Reads every part of workbooks from a stream, as uploads are read: Stream FILES */
public class Stream {
    public static void main(String[] files) {
        for (String file : files) {
            String result = "\"parts\":";
            try (ZipInputStream in = new ZipInputStream(new FileInputStream(file))) {
                int parts = 0;
                while (in.getNextEntry() != null) {
                    in.readAllBytes();
                    parts++;
                }
                result += parts;
            } catch (Exception e) {
                result = "\"error\":\"" + e.toString().replace('"', '\'') + "\"";
            }
            System.out.println("{\"file\":\"" + file + "\"," + result + "}");
        }
    }
}
