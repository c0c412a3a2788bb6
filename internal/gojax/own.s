// This file lets own.go declare functions without bodies.
