package crypto

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/subtle"
	"strings"

	"github.com/dop251/goja"
)

// cipherState is a Cipheriv's or Decipheriv's native side.
type cipherState struct {
	info    *cipherInfo
	decrypt bool
	done    bool

	block  cipher.Block
	iv     []byte
	stream cipher.Stream
	blocks cipher.BlockMode
	buf    []byte // input that is not a whole block yet
	pad    bool

	auth      aeadState
	tagLen    int // -1 unknown
	tag       []byte
	expect    []byte // setAuthTag's
	tagSet    bool
	plainLen  int // CCM's, -1 unknown
	ccmFailed bool
	started   bool
}

func newBlock(info *cipherInfo, key []byte) (cipher.Block, error) {
	if strings.Contains(info.name, "des") {
		if len(key) == 16 {
			key = append(append([]byte{}, key...), key[:8]...)
		}
		return des.NewTripleDESCipher(key)
	}
	return aes.NewCipher(key)
}

func (s *cipherState) init(key []byte) (err error) {
	s.pad = true
	switch {
	case s.info.isChaChaPoly():
		s.auth, err = newChaChaPoly(key, s.iv)
		return err
	case s.info.name == "chacha20":
		s.stream, err = newChaCha(key, s.iv)
		return err
	}
	if s.block, err = newBlock(s.info, key); err != nil {
		return err
	}
	switch s.info.mode {
	case "cbc":
		if s.decrypt {
			s.blocks = cipher.NewCBCDecrypter(s.block, s.iv)
		} else {
			s.blocks = cipher.NewCBCEncrypter(s.block, s.iv)
		}
	case "ecb":
		s.blocks = &ecb{s.block, s.decrypt}
	case "ctr":
		s.stream = cipher.NewCTR(s.block, s.iv)
	case "ofb":
		s.stream = &ofb{s.block, append([]byte{}, s.iv...), len(s.iv)}
	case "cfb":
		s.stream = newCFB(s.block, s.iv, s.decrypt, strings.HasSuffix(s.info.name, "8"))
	case "gcm":
		s.auth, err = newGCM(s.block, s.iv)
	case "ccm":
		s.auth = &ccm{block: s.block, iv: s.iv, tagLen: s.tagLen}
	case "ocb":
		s.auth = newOCB(s.block, s.iv, s.tagLen)
	}
	return err
}

func validGCMTag(n int) bool { return n == 4 || n == 8 || n >= 12 && n <= 16 }

func (b *binding) invalidTag(n int) {
	b.throw("TypeError", "ERR_CRYPTO_INVALID_AUTH_TAG", "Invalid authentication tag length: "+itoa(n))
}

// openCipher checks name, key, iv and tag length in Node's order.
func (b *binding) openCipher(decrypt bool, name string, key []byte, ivValue goja.Value, tagLen int) *cipherState {
	info := findCipher(name)
	if info == nil {
		b.throw("Error", "ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher")
	}
	hasIV := !goja.IsNull(ivValue)
	iv := b.clone(ivValue)
	badIV := !hasIV && info.iv != 0 || hasIV && !info.aead() && len(iv) != info.iv ||
		info.isChaChaPoly() && len(iv) > 12 || info.aead() && len(iv) == 0 ||
		info.mode == "ccm" && (len(iv) < 7 || len(iv) > 13) || info.mode == "ocb" && len(iv) > 15
	if badIV {
		b.throw("TypeError", "ERR_CRYPTO_INVALID_IV", "Invalid initialization vector")
	}
	s := &cipherState{info: info, decrypt: decrypt, iv: iv, tagLen: tagLen, plainLen: -1}
	if info.aead() {
		b.checkTag(s, name)
	}
	if len(key) != info.key {
		b.throw("RangeError", "ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length")
	}
	if err := s.init(key); err != nil {
		b.throwPlain("Failed to initialize cipher: " + err.Error())
	}
	return s
}

func (b *binding) checkTag(s *cipherState, name string) {
	switch {
	case s.info.mode == "gcm":
		if s.tagLen != -1 && !validGCMTag(s.tagLen) {
			b.invalidTag(s.tagLen)
		}
	case s.tagLen == -1 && s.info.isChaChaPoly():
		s.tagLen = 16
	case s.tagLen == -1:
		b.throw("TypeError", "ERR_CRYPTO_INVALID_AUTH_TAG", "authTagLength required for "+name)
	case s.info.mode == "ccm" && (s.tagLen < 4 || s.tagLen > 16 || s.tagLen%2 != 0), s.tagLen > 16, s.tagLen == 0:
		b.invalidTag(s.tagLen)
	}
}

var (
	errWrongLength = &opensslError{number: "1C80006B", library: "Provider routines", reason: "wrong final block length",
		stack: []string{"error:1C80006B:Provider routines::wrong final block length"}}
	errBadDecrypt = &opensslError{number: "1C800064", library: "Provider routines", reason: "bad decrypt",
		stack: []string{"error:1C800064:Provider routines::bad decrypt"}}
)

// update returns the output for in; bad is what Node says if it is not allowed.
func (s *cipherState) update(in []byte) (out []byte, bad string) {
	if s.done || len(in) >= 1<<31-1 {
		return nil, "Trying to add data in unsupported state"
	}
	switch {
	case s.info.mode == "wrap":
		var err error
		switch {
		case s.info.key == 24 && s.info.iv == 0 && s.decrypt:
			out, err = unwrap3DES(s.block, in)
		case s.info.key == 24 && s.info.iv == 0:
			out, err = wrap3DES(s.block, in)
		case s.decrypt:
			out, err = unwrap(s.block, s.iv, in)
		default:
			out, err = wrap(s.block, s.iv, in)
		}
		if err != nil {
			return nil, "Trying to add data in unsupported state"
		}
		return out, ""
	case s.info.mode == "ccm":
		c := s.auth.(*ccm)
		if uint64(len(in)) > c.maxLength() {
			return nil, "Invalid message length"
		}
		if s.started || s.decrypt && !s.tagSet {
			return nil, "Trying to add data in unsupported state"
		}
		if s.decrypt && s.plainLen >= 0 && s.plainLen != len(in) {
			return nil, "Trying to add data in unsupported state"
		}
		s.started = true
		out = make([]byte, len(in))
		c.crypt(out, in, s.decrypt)
		if s.decrypt && subtle.ConstantTimeCompare(c.tag(), s.expect) != 1 {
			s.ccmFailed = true
			clear(out)
			out = nil
		}
		return out, ""
	case s.info.mode == "ocb":
		s.started = true
		return s.auth.(*ocb).feed(in, s.decrypt), ""
	case s.auth != nil:
		s.started = true
		out = make([]byte, len(in))
		s.auth.crypt(out, in, s.decrypt)
		return out, ""
	case s.stream != nil:
		out = make([]byte, len(in))
		s.stream.XORKeyStream(out, in)
		return out, ""
	}
	s.buf = append(s.buf, in...)
	n := len(s.buf)
	size := s.blocks.BlockSize()
	whole := n - n%size
	if s.decrypt && s.pad && whole == n && whole > 0 {
		whole -= size // the last block may be padding
	}
	out = make([]byte, whole)
	s.blocks.CryptBlocks(out, s.buf[:whole])
	s.buf = append([]byte{}, s.buf[whole:]...)
	return out, ""
}

func (s *cipherState) final() (out []byte, bad error) {
	if s.blocks == nil {
		return []byte{}, nil
	}
	size := s.blocks.BlockSize()
	switch {
	case !s.pad:
		if len(s.buf) > 0 {
			return nil, errWrongLength
		}
		return []byte{}, nil
	case !s.decrypt:
		n := size - len(s.buf)%size
		for range n {
			s.buf = append(s.buf, byte(n))
		}
		out = make([]byte, len(s.buf))
		s.blocks.CryptBlocks(out, s.buf)
		return out, nil
	}
	if len(s.buf) != size {
		return nil, errWrongLength
	}
	out = make([]byte, size)
	s.blocks.CryptBlocks(out, s.buf)
	n := int(out[size-1])
	if n == 0 || n > size {
		return nil, errBadDecrypt
	}
	for _, c := range out[size-n:] {
		if int(c) != n {
			return nil, errBadDecrypt
		}
	}
	return out[:size-n], nil
}

func (b *binding) ciphers() {
	b.method("getCiphers", func(goja.FunctionCall) goja.Value {
		table := cipherTable()
		names := make([]string, len(table))
		for i := range table {
			names[i] = table[i].alias
		}
		return b.strings(names)
	})
	b.method("getCipherInfo", b.getCipherInfo)
	state := func(v goja.Value) *cipherState { return v.Export().(*cipherState) }
	// cipherInit(decrypt, name, key, iv, authTagLength)
	b.method("cipherInit", func(c goja.FunctionCall) goja.Value {
		return b.vm.ToValue(b.openCipher(c.Argument(0).ToBoolean(), c.Argument(1).String(), b.bytes(c.Argument(2)),
			c.Argument(3), int(c.Argument(4).ToInteger())))
	})
	b.method("cipherUpdate", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		out, bad := s.update(b.input(c.Argument(1), c.Argument(2)))
		switch bad {
		case "":
		case "Invalid message length":
			b.throw("RangeError", "ERR_CRYPTO_INVALID_MESSAGELEN", bad)
		default:
			b.throwPlain(bad)
		}
		if out == nil {
			out = []byte{}
		}
		return b.env.NewBuffer(out)
	})
	b.method("cipherFinal", func(c goja.FunctionCall) goja.Value { return b.cipherFinal(state(c.Argument(0))) })
	b.method("cipherSetAutoPadding", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		if s.done {
			return b.vm.ToValue(false)
		}
		s.pad = c.Argument(1).ToBoolean()
		return b.vm.ToValue(true)
	})
	b.method("cipherGetAuthTag", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		if !s.done || s.decrypt || s.tag == nil {
			return goja.Undefined()
		}
		return b.env.NewBuffer(append([]byte{}, s.tag...))
	})
	b.method("cipherSetAuthTag", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		if s.done || s.auth == nil || !s.decrypt || s.tagSet {
			return b.vm.ToValue(false)
		}
		tag := b.clone(c.Argument(1))
		ok := true
		if s.info.mode == "gcm" {
			ok = (s.tagLen == -1 || s.tagLen == len(tag)) && validGCMTag(len(tag))
		} else {
			ok = s.tagLen == len(tag)
		}
		if !ok {
			b.invalidTag(len(tag))
		}
		if s.info.mode == "gcm" && s.tagLen == -1 && len(tag) != 16 {
			b.deprecated("Using AES-GCM authentication tags of less than 128 bits without specifying the authTagLength "+
				"option when initializing decryption is deprecated.", "DEP0182")
		}
		s.expect, s.tagSet = tag, true
		return b.vm.ToValue(true)
	})
	// cipherSetAAD(state, data, plaintextLength)
	b.method("cipherSetAAD", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		if s.done || s.auth == nil {
			return b.vm.ToValue(false)
		}
		if m, ok := s.auth.(*ccm); ok {
			n := c.Argument(2).ToInteger()
			if n < 0 {
				b.throw("TypeError", "ERR_MISSING_ARGS", "options.plaintextLength required for CCM mode with AAD")
			}
			if uint64(n) > m.maxLength() {
				b.throw("RangeError", "ERR_CRYPTO_INVALID_MESSAGELEN", "Invalid message length")
			}
			s.plainLen = int(n)
		}
		s.auth.addData(b.bytes(c.Argument(1)))
		return b.vm.ToValue(true)
	})
}

func (b *binding) cipherFinal(s *cipherState) goja.Value {
	if s.done {
		b.throw("Error", "ERR_CRYPTO_INVALID_STATE", "Invalid state")
	}
	var out []byte
	if s.auth == nil {
		var err error
		out, err = s.final()
		s.done = true
		if err != nil {
			b.fail(err)
		}
		return b.env.NewBuffer(out)
	}
	if s.info.mode == "ccm" && !s.started && !s.decrypt {
		b.fail(&opensslError{number: "1C800077", library: "Provider routines", reason: "tag not set"})
	}
	if s.info.mode == "ccm" && !s.started && s.plainLen <= 0 && s.tagSet {
		_, _ = s.update(nil) // an empty message
	}
	if o, ok := s.auth.(*ocb); ok {
		o.decrypting = s.decrypt
		out = o.finish()
	}
	tag := s.auth.tag()
	s.done = true
	if s.decrypt {
		if !s.tagSet || s.ccmFailed || subtle.ConstantTimeCompare(tag[:min(len(s.expect), len(tag))], s.expect) != 1 {
			b.throwPlain("Unsupported state or unable to authenticate data")
		}
	} else {
		if s.tagLen == -1 {
			s.tagLen = 16
		}
		s.tag = tag[:s.tagLen]
	}
	if out == nil {
		out = []byte{}
	}
	return b.env.NewBuffer(out)
}

// getCipherInfo(nameOrNid, keyLength, ivLength)
func (b *binding) getCipherInfo(c goja.FunctionCall) goja.Value {
	var info *cipherInfo
	if v := c.Argument(0); goja.IsNumber(v) {
		info = cipherByNID(int(v.ToInteger()))
	} else {
		info = findCipher(v.String())
	}
	if info == nil {
		return goja.Undefined()
	}
	if v := c.Argument(1); !goja.IsUndefined(v) && int(v.ToInteger()) != info.key {
		return goja.Undefined()
	}
	iv := info.iv
	if v := c.Argument(2); !goja.IsUndefined(v) {
		n := int(v.ToInteger())
		switch {
		case info.mode == "gcm" && n > 0, info.mode == "ccm" && n >= 7 && n <= 13, info.mode == "ocb" && n > 0 && n < 16,
			info.isChaChaPoly() && n > 0 && n <= 12:
			iv = n
		case n != info.iv:
			return goja.Undefined()
		}
	}
	o := b.vm.NewObject()
	_ = o.Set("mode", info.mode)
	_ = o.Set("name", info.name)
	_ = o.Set("nid", info.nid)
	if info.mode != "stream" {
		_ = o.Set("blockSize", info.block)
	}
	if iv != 0 {
		_ = o.Set("ivLength", iv)
	}
	_ = o.Set("keyLength", info.key)
	return o
}
