// Package dns is node:dns and node:dns/promises.
//
// lookup and lookupService ask the system's resolver as Go sees it (/etc/hosts,
// then the name servers), on the thread pool; localhost always resolves. The
// resolve functions and Resolver speak DNS themselves (UDP, and TCP for what is
// truncated), each query on a goroutine of its own.
//
// Missing: perf_hooks entries; EDNS; resolv.conf's search list in resolve.
//
// Deviations: lookup does not run nsswitch modules other than files and dns.
package dns
