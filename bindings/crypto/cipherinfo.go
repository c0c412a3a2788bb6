package crypto

import (
	"slices"
	"strings"
	"sync"
)

// cipherInfo is what OpenSSL tells of a cipher.
type cipherInfo struct {
	alias, mode, name   string
	nid, block, iv, key int
}

// aesModes are the ciphers that AES has at each of its key sizes. In names and
// aliases # is the key size in bits.
var aesModes = []struct {
	mode, name string
	nids       [3]int // of 128, 192 and 256 bits
	block, iv  int
	aliases    []string
}{
	{"cbc", "aes-#-cbc", [3]int{419, 423, 427}, 16, 16, []string{"aes-#-cbc", "aes#"}},
	{"ccm", "id-aes#-ccm", [3]int{896, 899, 902}, 1, 12, []string{"aes-#-ccm", "id-aes#-CCM"}},
	{"cfb", "aes-#-cfb", [3]int{421, 425, 429}, 1, 16, []string{"aes-#-cfb"}},
	{"cfb", "aes-#-cfb8", [3]int{653, 654, 655}, 1, 16, []string{"aes-#-cfb8"}},
	{"ctr", "aes-#-ctr", [3]int{904, 905, 906}, 1, 16, []string{"aes-#-ctr"}},
	{"ecb", "aes-#-ecb", [3]int{418, 422, 426}, 16, 0, []string{"aes-#-ecb"}},
	{"gcm", "id-aes#-gcm", [3]int{895, 898, 901}, 1, 12, []string{"aes-#-gcm", "id-aes#-GCM"}},
	{"ocb", "aes-#-ocb", [3]int{958, 959, 960}, 16, 12, []string{"aes-#-ocb"}},
	{"ofb", "aes-#-ofb", [3]int{420, 424, 428}, 1, 16, []string{"aes-#-ofb"}},
	{"wrap", "id-aes#-wrap", [3]int{788, 789, 790}, 8, 8, []string{"aes#-wrap", "id-aes#-wrap"}},
	{"wrap", "id-aes#-wrap-pad", [3]int{897, 900, 903}, 8, 4, []string{"aes#-wrap-pad", "id-aes#-wrap-pad"}},
}

// otherCiphers are ChaCha20 and triple DES with two keys and three.
var otherCiphers = []struct {
	info    cipherInfo
	aliases []string
}{
	{cipherInfo{"", "stream", "chacha20", 1019, 0, 16, 32}, []string{"chacha20"}},
	{cipherInfo{"", "stream", "chacha20-poly1305", 1018, 0, 12, 32}, []string{"chacha20-poly1305"}},
	{cipherInfo{"", "ecb", "des-ede", 32, 8, 0, 16}, []string{"des-ede", "des-ede-ecb"}},
	{cipherInfo{"", "cbc", "des-ede-cbc", 43, 8, 8, 16}, []string{"des-ede-cbc"}},
	{cipherInfo{"", "cfb", "des-ede-cfb", 60, 1, 8, 16}, []string{"des-ede-cfb"}},
	{cipherInfo{"", "ofb", "des-ede-ofb", 62, 1, 8, 16}, []string{"des-ede-ofb"}},
	{cipherInfo{"", "ecb", "des-ede3", 33, 8, 0, 24}, []string{"des-ede3", "des-ede3-ecb"}},
	{cipherInfo{"", "cbc", "des-ede3-cbc", 44, 8, 8, 24}, []string{"des-ede3-cbc", "des3"}},
	{cipherInfo{"", "cfb", "des-ede3-cfb", 61, 1, 8, 24}, []string{"des-ede3-cfb"}},
	{cipherInfo{"", "cfb", "des-ede3-cfb8", 659, 1, 8, 24}, []string{"des-ede3-cfb8"}},
	{cipherInfo{"", "ofb", "des-ede3-ofb", 63, 1, 8, 24}, []string{"des-ede3-ofb"}},
	{cipherInfo{"", "wrap", "id-smime-alg-cms3deswrap", 246, 8, 0, 24}, []string{"des3-wrap", "id-smime-alg-CMS3DESwrap"}},
}

// cipherTable lists the ciphers by every name that getCiphers gives, in its order.
var cipherTable = sync.OnceValue(func() []cipherInfo {
	var table []cipherInfo
	for i, bits := range []string{"128", "192", "256"} {
		for _, m := range aesModes {
			sized := func(s string) string { return strings.Replace(s, "#", bits, 1) }
			for _, alias := range m.aliases {
				table = append(table, cipherInfo{sized(alias), m.mode, sized(m.name), m.nids[i], m.block, m.iv, 16 + 8*i})
			}
		}
	}
	for _, c := range otherCiphers {
		for _, alias := range c.aliases {
			c.info.alias = alias
			table = append(table, c.info)
		}
	}
	slices.SortFunc(table, func(a, b cipherInfo) int { return strings.Compare(a.alias, b.alias) })
	return table
})

func findCipher(name string) *cipherInfo {
	return cipherWhere(func(c *cipherInfo) bool { return strings.EqualFold(c.alias, name) })
}

func cipherByNID(nid int) *cipherInfo {
	return cipherWhere(func(c *cipherInfo) bool { return c.nid == nid })
}

func cipherWhere(is func(*cipherInfo) bool) *cipherInfo {
	table := cipherTable()
	for i := range table {
		if is(&table[i]) {
			return &table[i]
		}
	}
	return nil
}

func (i *cipherInfo) isChaChaPoly() bool { return i.name == "chacha20-poly1305" }

// aead reports whether the cipher authenticates.
func (i *cipherInfo) aead() bool {
	return i.mode == "gcm" || i.mode == "ccm" || i.mode == "ocb" || i.isChaChaPoly()
}
