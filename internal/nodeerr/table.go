package nodeerr

import (
	"maps"
	"slices"
)

func codes() []string { return slices.Sorted(maps.Keys(texts)) }

// texts are libuv's messages (uv_strerror) by name.
var texts = map[string]string{
	"E2BIG": "argument list too long", "EACCES": "permission denied",
	"EADDRINUSE": "address already in use", "EADDRNOTAVAIL": "address not available",
	"EAFNOSUPPORT": "address family not supported", "EAGAIN": "resource temporarily unavailable",
	"EAI_ADDRFAMILY": "address family not supported", "EAI_AGAIN": "temporary failure",
	"EAI_BADFLAGS": "bad ai_flags value", "EAI_BADHINTS": "invalid value for hints",
	"EAI_CANCELED": "request canceled", "EAI_FAIL": "permanent failure",
	"EAI_FAMILY": "ai_family not supported", "EAI_MEMORY": "out of memory",
	"EAI_NODATA": "no address", "EAI_NONAME": "unknown node or service",
	"EAI_OVERFLOW": "argument buffer overflow", "EAI_PROTOCOL": "resolved protocol is unknown",
	"EAI_SERVICE": "service not available for socket type", "EAI_SOCKTYPE": "socket type not supported",
	"EALREADY": "connection already in progress", "EBADF": "bad file descriptor",
	"EBUSY": "resource busy or locked", "ECANCELED": "operation canceled",
	"ECHARSET": "invalid Unicode character", "ECONNABORTED": "software caused connection abort",
	"ECONNREFUSED": "connection refused", "ECONNRESET": "connection reset by peer",
	"EDESTADDRREQ": "destination address required", "EEXIST": "file already exists",
	"EFAULT": "bad address in system call argument", "EFBIG": "file too large",
	"EFTYPE": "inappropriate file type or format", "EHOSTDOWN": "host is down",
	"EHOSTUNREACH": "host is unreachable", "EILSEQ": "illegal byte sequence",
	"EINTR": "interrupted system call", "EINVAL": "invalid argument", "EIO": "i/o error",
	"EISCONN": "socket is already connected", "EISDIR": "illegal operation on a directory",
	"ELOOP": "too many symbolic links encountered", "EMFILE": "too many open files",
	"EMLINK": "too many links", "EMSGSIZE": "message too long", "ENAMETOOLONG": "name too long",
	"ENETDOWN": "network is down", "ENETUNREACH": "network is unreachable",
	"ENFILE": "file table overflow", "ENOBUFS": "no buffer space available",
	"ENODATA": "no data available", "ENODEV": "no such device", "ENOENT": "no such file or directory",
	"ENOEXEC": "exec format error", "ENOMEM": "not enough memory",
	"ENONET": "machine is not on the network", "ENOPROTOOPT": "protocol not available",
	"ENOSPC": "no space left on device", "ENOSYS": "function not implemented",
	"ENOTCONN": "socket is not connected", "ENOTDIR": "not a directory",
	"ENOTEMPTY": "directory not empty", "ENOTSOCK": "socket operation on non-socket",
	"ENOTSUP": "operation not supported on socket", "ENOTTY": "inappropriate ioctl for device",
	"ENXIO": "no such device or address", "EOF": "end of file",
	"EOVERFLOW": "value too large for defined data type", "EPERM": "operation not permitted",
	"EPIPE": "broken pipe", "EPROTO": "protocol error", "EPROTONOSUPPORT": "protocol not supported",
	"EPROTOTYPE": "protocol wrong type for socket", "ERANGE": "result too large",
	"EREMOTEIO": "remote I/O error", "EROFS": "read-only file system",
	"ESHUTDOWN": "cannot send after transport endpoint shutdown", "ESOCKTNOSUPPORT": "socket type not supported",
	"ESPIPE": "invalid seek", "ESRCH": "no such process", "ETIMEDOUT": "connection timed out",
	"ETXTBSY": "text file is busy", "EUNATCH": "protocol driver not attached",
	"EXDEV": "cross-device link not permitted", "UNKNOWN": "unknown error",
}

// uvNumbers are libuv's own numbers, for codes that a system lacks.
var uvNumbers = map[string]int{
	"E2BIG": -4093, "EACCES": -4092, "EADDRINUSE": -4091, "EADDRNOTAVAIL": -4090,
	"EAFNOSUPPORT": -4089, "EAGAIN": -4088, "EAI_ADDRFAMILY": -3000, "EAI_AGAIN": -3001,
	"EAI_BADFLAGS": -3002, "EAI_BADHINTS": -3013, "EAI_CANCELED": -3003, "EAI_FAIL": -3004,
	"EAI_FAMILY": -3005, "EAI_MEMORY": -3006, "EAI_NODATA": -3007, "EAI_NONAME": -3008,
	"EAI_OVERFLOW": -3009, "EAI_PROTOCOL": -3014, "EAI_SERVICE": -3010, "EAI_SOCKTYPE": -3011,
	"EALREADY": -4084, "EBADF": -4083, "EBUSY": -4082, "ECANCELED": -4081, "ECHARSET": -4080,
	"ECONNABORTED": -4079, "ECONNREFUSED": -4078, "ECONNRESET": -4077, "EDESTADDRREQ": -4076,
	"EEXIST": -4075, "EFAULT": -4074, "EFBIG": -4036, "EFTYPE": -4028, "EHOSTDOWN": -4031,
	"EHOSTUNREACH": -4073, "EILSEQ": -4027, "EINTR": -4072, "EINVAL": -4071, "EIO": -4070,
	"EISCONN": -4069, "EISDIR": -4068, "ELOOP": -4067, "EMFILE": -4066, "EMLINK": -4032,
	"EMSGSIZE": -4065, "ENAMETOOLONG": -4064, "ENETDOWN": -4063, "ENETUNREACH": -4062,
	"ENFILE": -4061, "ENOBUFS": -4060, "ENODATA": -4024, "ENODEV": -4059, "ENOENT": -4058,
	"ENOEXEC": -4022, "ENOMEM": -4057, "ENONET": -4056, "ENOPROTOOPT": -4035, "ENOSPC": -4055,
	"ENOSYS": -4054, "ENOTCONN": -4053, "ENOTDIR": -4052, "ENOTEMPTY": -4051, "ENOTSOCK": -4050,
	"ENOTSUP": -4049, "ENOTTY": -4029, "ENXIO": -4033, "EOF": -4095, "EOVERFLOW": -4026,
	"EPERM": -4048, "EPIPE": -4047, "EPROTO": -4046, "EPROTONOSUPPORT": -4045,
	"EPROTOTYPE": -4044, "ERANGE": -4034, "EREMOTEIO": -4030, "EROFS": -4043, "ESHUTDOWN": -4042,
	"ESOCKTNOSUPPORT": -4025, "ESPIPE": -4041, "ESRCH": -4040, "ETIMEDOUT": -4039,
	"ETXTBSY": -4038, "EUNATCH": -4023, "EXDEV": -4037, "UNKNOWN": -4094,
}
