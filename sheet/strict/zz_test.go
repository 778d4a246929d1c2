package strict
import ("testing";"fmt";"time")
func TestZZ(t *testing.T){ for _,n:=range []int{4000,16000,64000,128000}{ s:=keys("k%d = 1\n",n); st:=time.Now(); err:=Unmarshal("a.toml",[]byte(s),&project{}); fmt.Println(n,time.Since(st),len(err.(Errors))) } }
