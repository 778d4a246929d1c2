package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"syscall"

	"ziping/sheet/spill"
)

// Explain says in a clerk's words why a file could not be read or written.
func Explain(err error) error {
	var temporary *spill.Error
	var path *fs.PathError
	var link *os.LinkError
	var name string
	var cause error
	switch {
	case errors.As(err, &temporary): // its name is gone with it
		name, cause = temporary.What+"（文件夹 "+os.TempDir()+"）", temporary.Err
		if errors.As(cause, &path) {
			cause = path.Err
		}
	case errors.As(err, &path):
		name, cause = path.Path, path.Err
	case errors.As(err, &link):
		name, cause = link.New, link.Err
	default:
		return err
	}
	return fmt.Errorf("%s：%w", name, reason{said(cause), cause})
}

// reason is an error in a clerk's words.
type reason struct {
	text string
	err  error
}

func (r reason) Error() string { return r.text }
func (r reason) Unwrap() error { return r.err }

// causes are what systems say, and how we say it. The first that fits counts.
var causes = []struct {
	err  error
	text string
}{
	{syscall.ENOTDIR, "其中有一段不是文件夹"}, // which Windows takes for what is not there
	{fs.ErrNotExist, "没有这个文件或文件夹"},
	{fs.ErrExist, "文件已存在，没有改动；要覆盖请加 --force"},
	{fs.ErrPermission, "没有读写权限"},
	{syscall.ENOSPC, "磁盘已满，没有写出"},
	{syscall.EDQUOT, "磁盘配额已用完，没有写出"},
	{syscall.EROFS, "这里是只读的，没有写出"},
	{syscall.EISDIR, "这是文件夹，应为文件"},
	{syscall.ELOOP, "这个链接又指回自己"},
	{syscall.ENAMETOOLONG, "名称太长，系统不接受"},
	{syscall.EFBIG, "文件太大，超过系统允许的大小"},
	{syscall.EMFILE, "打开的文件太多，请关闭一些程序再试"},
	{syscall.ENFILE, "打开的文件太多，请关闭一些程序再试"},
	{syscall.EIO, "读写磁盘出错，请检查磁盘或网络连接"},
	{syscall.ESTALE, "网络文件夹已断开，请重新连接再试"},
	{syscall.EBUSY, "文件正被其他程序使用，请先关闭"},
	{syscall.ETXTBSY, "文件正被其他程序使用，请先关闭"},
	{syscall.EINVAL, "名称不合规定，系统不接受"},
}

// said says a cause in a clerk's words.
func said(cause error) string {
	if number := syscall.Errno(0); runtime.GOOS == "windows" && errors.As(cause, &number) {
		if text := windowsCauses[int(number)]; text != "" {
			return text
		}
	}
	for _, c := range causes {
		if errors.Is(cause, c.err) {
			return c.text
		}
	}
	if number := syscall.Errno(0); errors.As(cause, &number) {
		return fmt.Sprintf("读写出错（系统说：%v）", cause)
	}
	return cause.Error()
}

// windowsCauses are the errors of Windows that mean something else to it than
// other systems know, by their numbers.
var windowsCauses = map[int]string{
	19:   "这里是只读的，没有写出",
	21:   "磁盘没有准备好",
	32:   openElsewhere,
	33:   openElsewhere,
	39:   "磁盘已满，没有写出",
	53:   "找不到网络上的这台计算机，请检查网络连接",
	59:   "网络出错，请重新连接再试",
	64:   "网络文件夹已断开，请重新连接再试",
	67:   "找不到这个网络文件夹",
	112:  "磁盘已满，没有写出",
	123:  "名称不合规定，系统不接受",
	161:  "名称不合规定，系统不接受",
	206:  "名称太长，系统不接受",
	225:  "被防病毒软件拦下了",
	267:  "其中有一段不是文件夹",
	1224: openElsewhere,
}

const openElsewhere = "文件正被 Excel 或 WPS 打开，请先关闭"
