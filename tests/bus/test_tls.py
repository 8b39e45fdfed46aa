"""RabbitMQ behind TLS 1.2, with a certificate of a city's own: the suite and the kit speak over it, and talk to no
broker that is not the one that they were told."""

import logging
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from liandong_client import Reader, SqliteStore
from liandong_client.queues import QueueReader

from liandong.clearly import clearly
from shared.bus.amqp import Consumer as AmqpConsumer
from shared.bus.amqp import Untrusted, close, connect
from shared.bus.feeds import LocalFeed
from shared.bus.management import Management, Unmanaged
from tests import debian
from tests.bus.conftest import Broker
from tests.bus.newsroom import Consumer, Source, at_work, served, until
from tests.bus.test_runner import ROOT, place, process, stop
from tests.examples.test_java import classpath, compiled
from tests.sdk.faking import Feeds, Server
from tests.sdk.test_queues import CODE, read
from tests.sdk.test_queues import Broker as AgencyBroker
from tests.webhooks.certificates import Pair, pair
from tests.webhooks.receivers import receiving, says

__all__ = ["classpath", "compiled"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return pair(tmp_path_factory.mktemp("tls"), "localhost")


@pytest.fixture(scope="module")
def node(certificate: Pair) -> Iterator[debian.OwnRabbitMQ]:
    """A node of this module's own: no broker that is there can be told to speak TLS by a test's certificate."""
    if not debian.possible():
        pytest.fail("the tests of TLS start a RabbitMQ of their own: they need Debian, as root", pytrace=False)
    made = debian.OwnRabbitMQ.installed(tls=certificate.file)
    try:
        made.start()
        yield made
    finally:
        made.stop()


def secure(node: debian.OwnRabbitMQ, host: str = "localhost") -> str:
    return f"amqps://guest:guest@{host}:{node.tls_port}/%2F"


def trusting(node: debian.OwnRabbitMQ, certificate: Pair, host: str = "localhost") -> str:
    """The broker's URL as LIANDONG_AMQP_URL takes it."""
    return f"{secure(node, host)}?cacertfile={certificate.file}"


# the suite

def test_the_suites_news_goes_over_tls(
        node: debian.OwnRabbitMQ, certificate: Pair, source: Source, consumer: Consumer) -> None:
    broker = Broker(trusting(node, certificate), f"{source.db.schema}.")
    relay = broker.relay(source, consumer.name)
    try:
        with broker.consuming(consumer.follower(LocalFeed(source))):
            source.tell(*["announced"] * 300)
            relay.step()
            until(lambda: consumer.heard() == source.told)
    finally:
        broker.close()


@pytest.mark.parametrize("way", ["city", "embedded"])
@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_the_suites_processes_speak_tls_patched_or_not(
        node: debian.OwnRabbitMQ, certificate: Pair, source: Source, consumer: Consumer, way: str) -> None:
    with served(source) as feed:
        given = {"news": "amqp", "url": trusting(node, certificate), "prefix": f"{source.db.schema}.",
                 "feeds": {"transfer": feed._url.removesuffix("/api/transfer/feed")},
                 "databases": {"transfer": place(source), "oversight": place(consumer)}, "tells": 21}
        with process(way, **given) as suite:
            until(lambda: len(consumer.heard()) == 20)
            stop(suite)


def test_the_suite_talks_to_no_broker_by_the_certificate_of_another(
        node: debian.OwnRabbitMQ, certificate: Pair) -> None:
    with pytest.raises(Untrusted, match=r"^the broker at 127\.0\.0\.1 is not trusted: .*not valid for '127\.0\.0\.1'"):
        connect(trusting(node, certificate, "127.0.0.1"), "test")
    with pytest.raises(Untrusted, match="^the broker at localhost is not trusted: self-signed"):
        connect(secure(node), "test")
    close(connect(trusting(node, certificate), "test"))


def test_a_patched_worker_talks_to_none_either(node: debian.OwnRabbitMQ, certificate: Pair) -> None:
    script = ("import sys; from shared.bus.patching import patch; patch()\n"
              "from shared.bus.amqp import close, connect\n"
              "close(connect(sys.argv[1], 'test')); print('trusted')\nconnect(sys.argv[2], 'test')")
    tried = subprocess.run([sys.executable, "-c", script, trusting(node, certificate),
                            trusting(node, certificate, "127.0.0.1")], cwd=ROOT, capture_output=True, text=True,
                           check=False)
    assert (tried.returncode, tried.stdout) == (1, "trusted\n"), tried.stderr
    assert "Untrusted: the broker at 127.0.0.1 is not trusted: IP address mismatch" in tried.stderr


def test_a_consumer_that_does_not_trust_its_broker_says_so_and_stays_away(
        node: debian.OwnRabbitMQ, certificate: Pair, source: Source, consumer: Consumer,
        caplog: pytest.LogCaptureFixture) -> None:
    broker = Broker(trusting(node, certificate, "127.0.0.1"), "tls.")
    worker = AmqpConsumer(broker.url, broker.names, consumer.follower(LocalFeed(source)))
    with caplog.at_level(logging.WARNING), at_work(worker.run):
        until(lambda: "the broker at 127.0.0.1 is not trusted" in caplog.text)
        assert not worker.ready


def test_a_command_says_in_one_line_that_the_broker_is_not_trusted_or_not_there(
        node: debian.OwnRabbitMQ, certificate: Pair) -> None:
    with pytest.raises(click.ClickException, match=r"^a server cannot be reached: the broker at .* not trusted: IP"):
        clearly(lambda: connect(trusting(node, certificate, "127.0.0.1"), "test"))
    with pytest.raises(click.ClickException, match="^a server cannot be reached: "):
        clearly(lambda: connect("amqp://no.such.host.invalid/", "test"))


def test_the_brokers_management_is_trusted_by_the_same_authority(certificate: Pair) -> None:
    with receiving(says(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"), certificate.serving()) as api:
        at = f"https://localhost:{api.port}"
        assert Management(at, f"amqps://u:p@localhost/?cacertfile={certificate.file}").users("") == []
        with pytest.raises(Unmanaged, match="SSLError"):
            Management(at, "amqps://u:p@localhost/").users("")


# the kit

def test_the_kit_reads_an_agencys_queue_over_tls(
        node: debian.OwnRabbitMQ, certificate: Pair, tmp_path: Path) -> None:
    broker, store = AgencyBroker(node.url, "tls."), SqliteStore(tmp_path / "own.sqlite")
    feeds = Reader(Server(Feeds(transfer=[])).client(), ["transfer"], store)
    queue = QueueReader(secure(node), CODE, feeds, prefix="tls.", tls={"ca_certs": str(certificate.file)})
    try:
        broker.publish(range(1, 51))
        assert read(queue, 50) == [*range(1, 51)]
        with queue._consuming() as (connection, _):
            assert connection.transport.sock.version() == "TLSv1.2"
    finally:
        store.close()
        broker.close()


def refused(url: str, tls: dict[str, str], why: str) -> None:
    queue = QueueReader(url, CODE, None, prefix="tls.", tls=tls)        # type: ignore[arg-type]
    with pytest.raises(ssl.SSLCertVerificationError, match=why), queue._consuming():
        raise AssertionError("it talked to it")


def test_a_broker_whose_certificate_nobody_here_trusts_is_not_talked_to(node: debian.OwnRabbitMQ) -> None:
    refused(secure(node), {}, "self-signed")


def test_a_trusted_certificate_of_another_host_is_not_the_brokers(node: debian.OwnRabbitMQ, certificate: Pair) -> None:
    refused(secure(node, "127.0.0.1"), {"ca_certs": str(certificate.file)}, "127.0.0.1")


# the example in Java

@pytest.fixture(scope="module")
def trusted(certificate: Pair, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The words by which a JVM trusts the certificate."""
    folder = tmp_path_factory.mktemp("java")
    alone, store = folder / "ca.pem", folder / "trusted.p12"
    alone.write_text(certificate.file.read_text()[certificate.file.read_text().index("-----BEGIN CERTIFICATE"):])
    subprocess.run(["keytool", "-importcert", "-noprompt", "-alias", "city", "-file", alone, "-keystore", store,
                    "-storetype", "PKCS12", "-storepass", "changeit"], check=True, capture_output=True)
    return (f"-Djavax.net.ssl.trustStore={store}", "-Djavax.net.ssl.trustStorePassword=changeit")


def test_the_java_example_reads_over_tls_and_trusts_no_other_host_and_no_other_authority(
        node: debian.OwnRabbitMQ, compiled: tuple[str, ...], trusted: tuple[str, ...], tmp_path: Path) -> None:
    broker = AgencyBroker(node.url, "java.")

    def prints(host: str, *trusting: str) -> tuple[str, str]:
        java, *words = compiled
        ran = subprocess.run(
            [java, "-Djdk.tls.client.protocols=TLSv1.2", *trusting, *words], text=True, capture_output=True,
            check=False, env={**os.environ, "LIANDONG_URL": "http://127.0.0.1:1", "LIANDONG_API_KEY": "ak_none",
                 "AGENCY_QUEUE": secure(node, host), "QUEUE": broker.queue, "PLACES": str(tmp_path / "places")})
        return ran.stdout, ran.stderr

    try:
        broker.publish(range(1, 4))
        out, error = prints("127.0.0.1", *trusted)
        assert not out and "127.0.0.1" in error and "CertificateException" in error, error
        out, error = prints("localhost")
        assert not out and "PKIX" in error
        out, error = prints("localhost", *trusted)
        assert [line.split()[1] for line in out.splitlines()] == ["1", "2", "3"], error
    finally:
        broker.close()
