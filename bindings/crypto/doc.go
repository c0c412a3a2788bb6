// Package crypto is node:crypto on Go's own cryptography.
package crypto
