package xlsx
import ("testing";"os";"fmt")
func TestDump(t *testing.T){
 for _,n:=range []string{"openpyxl","libreoffice"}{
  d,err:=os.ReadFile("testdata/"+n+".xlsx"); if err!=nil{t.Fatal(err)}
  w,err:=Open(d); if err!=nil{t.Fatal(err)}
  fmt.Println(n,w.Sheets())
  for i:=range w.Sheets(){ g,err:=w.Grid(i); if err!=nil{t.Fatal(err)}
   fmt.Println(g.Protected(), g.merges.areas)
   for _,c:=range g.Cells(){fmt.Printf("%s %+v\n",Ref(c.Row,c.Col),c)}}
 }}
