// This file lets linked.go declare functions without bodies.
