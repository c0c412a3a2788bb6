package crypto

import "strings"

// cipherInfo is what OpenSSL tells of a cipher.
type cipherInfo struct {
	alias, mode, name   string
	nid, block, iv, key int
}

// cipherTable lists getCiphers' names that are supported, in OpenSSL's order.
var cipherTable = []cipherInfo{
	{"aes-128-cbc", "cbc", "aes-128-cbc", 419, 16, 16, 16}, {"aes-128-ccm", "ccm", "id-aes128-ccm", 896, 1, 12, 16},
	{"aes-128-cfb", "cfb", "aes-128-cfb", 421, 1, 16, 16}, {"aes-128-cfb8", "cfb", "aes-128-cfb8", 653, 1, 16, 16},
	{"aes-128-ctr", "ctr", "aes-128-ctr", 904, 1, 16, 16}, {"aes-128-ecb", "ecb", "aes-128-ecb", 418, 16, 0, 16},
	{"aes-128-gcm", "gcm", "id-aes128-gcm", 895, 1, 12, 16}, {"aes-128-ocb", "ocb", "aes-128-ocb", 958, 16, 12, 16},
	{"aes-128-ofb", "ofb", "aes-128-ofb", 420, 1, 16, 16},
	{"aes-192-cbc", "cbc", "aes-192-cbc", 423, 16, 16, 24}, {"aes-192-ccm", "ccm", "id-aes192-ccm", 899, 1, 12, 24},
	{"aes-192-cfb", "cfb", "aes-192-cfb", 425, 1, 16, 24}, {"aes-192-cfb8", "cfb", "aes-192-cfb8", 654, 1, 16, 24},
	{"aes-192-ctr", "ctr", "aes-192-ctr", 905, 1, 16, 24}, {"aes-192-ecb", "ecb", "aes-192-ecb", 422, 16, 0, 24},
	{"aes-192-gcm", "gcm", "id-aes192-gcm", 898, 1, 12, 24}, {"aes-192-ocb", "ocb", "aes-192-ocb", 959, 16, 12, 24},
	{"aes-192-ofb", "ofb", "aes-192-ofb", 424, 1, 16, 24},
	{"aes-256-cbc", "cbc", "aes-256-cbc", 427, 16, 16, 32}, {"aes-256-ccm", "ccm", "id-aes256-ccm", 902, 1, 12, 32},
	{"aes-256-cfb", "cfb", "aes-256-cfb", 429, 1, 16, 32}, {"aes-256-cfb8", "cfb", "aes-256-cfb8", 655, 1, 16, 32},
	{"aes-256-ctr", "ctr", "aes-256-ctr", 906, 1, 16, 32}, {"aes-256-ecb", "ecb", "aes-256-ecb", 426, 16, 0, 32},
	{"aes-256-gcm", "gcm", "id-aes256-gcm", 901, 1, 12, 32}, {"aes-256-ocb", "ocb", "aes-256-ocb", 960, 16, 12, 32},
	{"aes-256-ofb", "ofb", "aes-256-ofb", 428, 1, 16, 32},
	{"aes128", "cbc", "aes-128-cbc", 419, 16, 16, 16}, {"aes128-wrap", "wrap", "id-aes128-wrap", 788, 8, 8, 16},
	{"aes128-wrap-pad", "wrap", "id-aes128-wrap-pad", 897, 8, 4, 16},
	{"aes192", "cbc", "aes-192-cbc", 423, 16, 16, 24}, {"aes192-wrap", "wrap", "id-aes192-wrap", 789, 8, 8, 24},
	{"aes192-wrap-pad", "wrap", "id-aes192-wrap-pad", 900, 8, 4, 24},
	{"aes256", "cbc", "aes-256-cbc", 427, 16, 16, 32}, {"aes256-wrap", "wrap", "id-aes256-wrap", 790, 8, 8, 32},
	{"aes256-wrap-pad", "wrap", "id-aes256-wrap-pad", 903, 8, 4, 32},
	{"chacha20", "stream", "chacha20", 1019, 0, 16, 32}, {"chacha20-poly1305", "stream", "chacha20-poly1305", 1018, 0, 12, 32},
	{"des-ede", "ecb", "des-ede", 32, 8, 0, 16}, {"des-ede-cbc", "cbc", "des-ede-cbc", 43, 8, 8, 16},
	{"des-ede-cfb", "cfb", "des-ede-cfb", 60, 1, 8, 16}, {"des-ede-ecb", "ecb", "des-ede", 32, 8, 0, 16},
	{"des-ede-ofb", "ofb", "des-ede-ofb", 62, 1, 8, 16}, {"des-ede3", "ecb", "des-ede3", 33, 8, 0, 24},
	{"des-ede3-cbc", "cbc", "des-ede3-cbc", 44, 8, 8, 24}, {"des-ede3-cfb", "cfb", "des-ede3-cfb", 61, 1, 8, 24},
	{"des-ede3-cfb8", "cfb", "des-ede3-cfb8", 659, 1, 8, 24}, {"des-ede3-ecb", "ecb", "des-ede3", 33, 8, 0, 24},
	{"des-ede3-ofb", "ofb", "des-ede3-ofb", 63, 1, 8, 24}, {"des3", "cbc", "des-ede3-cbc", 44, 8, 8, 24},
	{"des3-wrap", "wrap", "id-smime-alg-cms3deswrap", 246, 8, 0, 24},
	{"id-aes128-CCM", "ccm", "id-aes128-ccm", 896, 1, 12, 16}, {"id-aes128-GCM", "gcm", "id-aes128-gcm", 895, 1, 12, 16},
	{"id-aes128-wrap", "wrap", "id-aes128-wrap", 788, 8, 8, 16}, {"id-aes128-wrap-pad", "wrap", "id-aes128-wrap-pad", 897, 8, 4, 16},
	{"id-aes192-CCM", "ccm", "id-aes192-ccm", 899, 1, 12, 24}, {"id-aes192-GCM", "gcm", "id-aes192-gcm", 898, 1, 12, 24},
	{"id-aes192-wrap", "wrap", "id-aes192-wrap", 789, 8, 8, 24}, {"id-aes192-wrap-pad", "wrap", "id-aes192-wrap-pad", 900, 8, 4, 24},
	{"id-aes256-CCM", "ccm", "id-aes256-ccm", 902, 1, 12, 32}, {"id-aes256-GCM", "gcm", "id-aes256-gcm", 901, 1, 12, 32},
	{"id-aes256-wrap", "wrap", "id-aes256-wrap", 790, 8, 8, 32}, {"id-aes256-wrap-pad", "wrap", "id-aes256-wrap-pad", 903, 8, 4, 32},
	{"id-smime-alg-CMS3DESwrap", "wrap", "id-smime-alg-cms3deswrap", 246, 8, 0, 24},
}

func findCipher(name string) *cipherInfo {
	for i := range cipherTable {
		if strings.EqualFold(cipherTable[i].alias, name) {
			return &cipherTable[i]
		}
	}
	return nil
}

func cipherByNID(nid int) *cipherInfo {
	for i := range cipherTable {
		if cipherTable[i].nid == nid {
			return &cipherTable[i]
		}
	}
	return nil
}

func (i *cipherInfo) isChaChaPoly() bool { return i.name == "chacha20-poly1305" }

// aead reports whether the cipher authenticates.
func (i *cipherInfo) aead() bool {
	return i.mode == "gcm" || i.mode == "ccm" || i.mode == "ocb" || i.isChaChaPoly()
}
