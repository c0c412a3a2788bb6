#include "textflag.h"

// The goroutine's descriptor begins with the bounds of its stack.
TEXT ·Used(SB), NOSPLIT, $0-8
	MOVQ (TLS), AX
	MOVQ 8(AX), AX
	SUBQ SP, AX
	MOVQ AX, ret+0(FP)
	RET
