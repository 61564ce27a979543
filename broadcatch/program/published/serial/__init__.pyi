# Public names of pyserial 3.5, found by benchmarks/publishing.py
from serial.serialposix import PosixPollSerial as PosixPollSerial
from serial.serialposix import VTIMESerial as VTIMESerial
from serial.serialutil import PortNotOpenError as PortNotOpenError
from serial.serialutil import SerialBase as SerialBase
from serial.serialutil import SerialException as SerialException
from serial.serialutil import SerialTimeoutException as SerialTimeoutException
