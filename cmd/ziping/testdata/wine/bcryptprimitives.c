// What Go 1.24 and later need of Windows 10 and Wine 8 does not have: ProcessPrng.
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG); // RtlGenRandom

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T n) {
  while (n > 0) {
    ULONG some = n > 65536 ? 65536 : (ULONG)n;
    if (!SystemFunction036(data, some)) return FALSE;
    data += some;
    n -= some;
  }
  return TRUE;
}
