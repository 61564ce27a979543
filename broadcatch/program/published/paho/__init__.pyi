# Public names of paho-mqtt 2.2.0, found by benchmarks/publishing.py
