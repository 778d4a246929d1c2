// Holds a file open as Excel does, for itself alone, until its input ends.
#include <stdio.h>
#include <windows.h>

int wmain(int argc, wchar_t **argv) {
  HANDLE file = CreateFileW(argv[1], GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return 1;
  puts("held");
  fflush(stdout);
  getchar();
  return 0;
}
