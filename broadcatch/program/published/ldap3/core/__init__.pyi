# Public names of ldap3 2.9.1, found by benchmarks/publishing.py
