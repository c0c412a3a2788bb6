package sock

// UDPOptions configure UDP.Bind.
type UDPOptions struct {
	IPv6Only  bool
	ReuseAddr bool
	ReusePort bool
}
