//go:build !unix

package stdio

import "errors"

// hasDescriptors: os.Stdout does it here.
const hasDescriptors = false

func writeAll(int, []byte) error { return errors.ErrUnsupported }
