package crypto

func (b *binding) certificates() {}
func (b *binding) kem()          {}
