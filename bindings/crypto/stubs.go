package crypto

type pssParams struct{}

func (k *Key) sameAs(*Key) bool  { return false }
func (b *binding) asymmetric()   {}
func (b *binding) keygen()       {}
func (b *binding) signatures()   {}
func (b *binding) rsaCiphers()   {}
func (b *binding) dh()           {}
func (b *binding) primes()       {}
func (b *binding) certificates() {}
func (b *binding) kem()          {}
