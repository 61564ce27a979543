"""What is at stake in a call into a package that is known for it? By the package, never by a guessed name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from broadcatch.judge.lexicon import parts
from broadcatch.model.flow import Call

_KNOWN: Mapping[tuple[str, str], str] = {
    (
        "money",
        "orders",
    ): "kiteconnect ccxt alpaca alpaca_trade_api ib_insync binance krakenex oandapyV20 smartapi",
    ("money", "payments"): "stripe braintree paypalrestsdk razorpay adyen square plaid web3 coinbase mollie",
    (
        "write",
        "database",
    ): "sqlalchemy sqlmodel django.db psycopg psycopg2 asyncpg pymongo motor sqlite3 aiosqlite "
    "pymysql aiomysql alembic peewee tortoise cassandra elasticsearch neo4j influxdb redis aioredis "
    "databases",
    (
        "write",
        "storage",
    ): "boto3 botocore aiobotocore google.cloud.storage azure.storage minio paramiko ftplib",
    ("write", "queue"): "pika aio_pika kombu kafka aiokafka confluent_kafka nats rq dramatiq",
    (
        "access",
        "authentication",
    ): "jwt jose authlib oauthlib passlib bcrypt argon2 ldap3 ldap itsdangerous msal",
    ("access", "encryption"): "cryptography nacl hvac keyring",
    ("telemetry", "telemetry"): "statsd prometheus_client sentry_sdk opentelemetry datadog newrelic mixpanel",
    ("telemetry", "notifications"): "smtplib aiosmtplib twilio slack_sdk telegram sendgrid",
}
_BY_PACKAGE = {package: stake for stake, packages in _KNOWN.items() for package in packages.split()}
_ENDS = frozenset("engine client connection pool session".split())
"""What is created to work with: that writes nothing."""
_READS = frozenset(
    "get mget select query scalar scalars fetch fetchone fetchall fetchrow fetchval first all one find count "
    "keys exists ping read list head describe info search download scan aggregate filter order orderby close "
    "connect cursor begin sessionmaker text func column literal false true null and or not cast case "
    "desc asc cwd pwd nlst mlsd dir retrbinary retrlines stat listdir normalize getcwd chdir ping info hget "
    "hgetall hmget lrange smembers llen scard ttl zrange version from".split()
)
"""First words of what only asks a database or a store."""


_PARTS = frozenset("close aclose disconnect shutdown stop unbind quit".split())
"""First words of what ends a connection: nothing is ordered or written by it."""
_ASKS = re.compile(r"""[rbf]*["']+\s*(select|show|pragma|explain|describe)\b""", re.IGNORECASE)


def only_asks(call: Call) -> bool:
    """Whether a statement that is executed only reads: `cursor.execute("SELECT …")`."""
    executes = call.name.rpartition(".")[2] == "execute"
    return executes and any(_ASKS.match(arg.value.text) for arg in call.args[:1])


def stake_of(full: str, method: str) -> tuple[str, str, str]:
    """(stake, what, package) of calling `method` on something whose class or module is `full`; else ""s."""
    parts_of_name = full.split(".")
    for length in (3, 2, 1):
        package = ".".join(parts_of_name[:length])
        if package in _BY_PACKAGE:
            stake, what = _BY_PACKAGE[package]
            words = parts(method)
            connects = words[:1] == ("create",) and not _ENDS.isdisjoint(words[-1:])
            if not _PARTS.isdisjoint(words[:1]):
                return "", "", ""
            reads = stake == "write" and (connects or not _READS.isdisjoint(words[:1]))
            return ("", "", "") if reads else (stake, what, package)
    return "", "", ""
