package fs

// Constants that are the same everywhere. The O_ flags are the platform's.
const (
	sIFMT   = 0xf000
	sIFREG  = 0x8000
	sIFDIR  = 0x4000
	sIFCHR  = 0x2000
	sIFBLK  = 0x6000
	sIFIFO  = 0x1000
	sIFLNK  = 0xa000
	sIFSOCK = 0xc000

	copyExcl         = 1
	copyFiclone      = 2
	copyFicloneForce = 4
)

type constant struct {
	name  string
	value int
}

// constantTable is fs.constants, in Node's order. A negative value is a
// constant that the platform lacks.
func constantTable() []constant {
	all := []constant{
		{"UV_FS_SYMLINK_DIR", 1}, {"UV_FS_SYMLINK_JUNCTION", 2},
		{"O_RDONLY", oRDONLY}, {"O_WRONLY", oWRONLY}, {"O_RDWR", oRDWR},
		{"UV_DIRENT_UNKNOWN", direntUnknown}, {"UV_DIRENT_FILE", direntFile}, {"UV_DIRENT_DIR", direntDir},
		{"UV_DIRENT_LINK", direntLink}, {"UV_DIRENT_FIFO", direntFIFO}, {"UV_DIRENT_SOCKET", direntSocket},
		{"UV_DIRENT_CHAR", direntChar}, {"UV_DIRENT_BLOCK", direntBlock},
		{"S_IFMT", sIFMT}, {"S_IFREG", sIFREG}, {"S_IFDIR", sIFDIR}, {"S_IFCHR", sIFCHR},
		{"S_IFBLK", unixOnly(sIFBLK)}, {"S_IFIFO", unixOnly(sIFIFO)}, {"S_IFLNK", sIFLNK}, {"S_IFSOCK", unixOnly(sIFSOCK)},
		{"O_CREAT", oCREAT}, {"O_EXCL", oEXCL}, {"UV_FS_O_FILEMAP", oFILEMAP},
		{"UV_FS_O_TEMPORARY", 0}, {"UV_FS_O_SHORT_LIVED", 0}, {"UV_FS_O_SEQUENTIAL", 0}, {"UV_FS_O_RANDOM", 0},
		{"O_NOCTTY", oNOCTTY}, {"O_TRUNC", oTRUNC}, {"O_APPEND", oAPPEND}, {"O_DIRECTORY", oDIRECTORY},
		{"O_NOATIME", oNOATIME}, {"O_NOFOLLOW", oNOFOLLOW}, {"O_SYNC", oSYNC}, {"O_DSYNC", oDSYNC},
		{"O_SYMLINK", oSYMLINK}, {"O_DIRECT", oDIRECT}, {"O_NONBLOCK", oNONBLOCK},
		{"S_IRWXU", unixOnly(0o700)}, {"S_IRUSR", 0o400}, {"S_IWUSR", 0o200}, {"S_IXUSR", unixOnly(0o100)},
		{"S_IRWXG", unixOnly(0o070)}, {"S_IRGRP", unixOnly(0o040)}, {"S_IWGRP", unixOnly(0o020)}, {"S_IXGRP", unixOnly(0o010)},
		{"S_IRWXO", unixOnly(0o007)}, {"S_IROTH", unixOnly(0o004)}, {"S_IWOTH", unixOnly(0o002)}, {"S_IXOTH", unixOnly(0o001)},
		{"F_OK", 0}, {"R_OK", 4}, {"W_OK", 2}, {"X_OK", 1},
		{"UV_FS_COPYFILE_EXCL", copyExcl}, {"COPYFILE_EXCL", copyExcl},
		{"UV_FS_COPYFILE_FICLONE", copyFiclone}, {"COPYFILE_FICLONE", copyFiclone},
		{"UV_FS_COPYFILE_FICLONE_FORCE", copyFicloneForce}, {"COPYFILE_FICLONE_FORCE", copyFicloneForce},
	}
	kept := all[:0]
	for _, k := range all {
		if k.value >= 0 {
			kept = append(kept, k)
		}
	}
	return kept
}

func unixOnly(n int) int {
	if onWindows {
		return -1
	}
	return n
}
