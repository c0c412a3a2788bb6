package child_process

import "errors"

func closeFD(int) {}

func dupFD(int) (int, error) { return -1, errors.ErrUnsupported }

func setNonblock(int) {}
