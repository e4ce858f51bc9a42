# SPDX-License-Identifier: MIT
"""A Spark standalone cluster of one master and two workers on the loopback interface, started for the tests and stopped after them.

Each process is a session of its own, so that it is ended with its children and nothing else is. The package `karar` must be importable in the
Python that runs this; workers run the same one.
"""
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pyspark
import pytest
from pyspark.sql import SparkSession

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
PATIENCE = 300      # seconds until a process answers


def free_port():
    with socket.socket() as found:
        found.bind((HOST, 0))
        return found.getsockname()[1]


class Process:
    def __init__(self, folder, name, *command, environment):
        self.log = folder / f"{name}.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([str(part) for part in command], stdout=log, stderr=subprocess.STDOUT, env=environment, cwd=folder,
                                            start_new_session=True)

    def stop(self, how=signal.SIGTERM):
        """It, and what it started: executors and their Pythons are in its session."""
        try:
            os.killpg(self.process.pid, how)
        except ProcessLookupError:
            pass
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(30)


class Cluster:
    def __init__(self, folder):
        self.folder = folder
        self.home = pathlib.Path(pyspark.__file__).parent
        self.environment = {**os.environ, "SPARK_HOME": str(self.home), "SPARK_LOCAL_IP": HOST, "PYSPARK_PYTHON": sys.executable,
                            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "SPARK_WORKER_DIR": str(folder / "work")}
        os.environ.update(self.environment)
        self.port, self.web = free_port(), free_port()
        self.address = f"spark://{HOST}:{self.port}"
        self.master = self.run("master", "org.apache.spark.deploy.master.Master", "--host", HOST, "--port", self.port, "--webui-port", self.web)
        self.workers = []
        for number in range(2):
            self.add_worker(number)
        self.wait_for(2)

    def run(self, name, kind, *arguments):
        return Process(self.folder, name, self.home / "bin/spark-class", kind, *arguments, environment=self.environment)

    def add_worker(self, number):
        self.workers.append(self.run(f"worker{number}", "org.apache.spark.deploy.worker.Worker", "--host", HOST, "--cores", 1, "--memory", "1g",
                                     "--webui-port", free_port(), self.address))

    def wait_for(self, count):
        """Until so many workers are at the master's disposal."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"http://{HOST}:{self.web}/json/", timeout=5) as page:
                    if page.read().decode().count('"ALIVE"') - 1 >= count:     # the master is, too
                        return
            except OSError:
                pass
            time.sleep(0.5)
        raise RuntimeError("\n".join(log.read_text(errors="replace")[-2000:] for log in self.folder.glob("*.log")))

    def session(self, cores=2):
        return (SparkSession.builder.master(self.address).appName("karar").config("spark.driver.host", HOST)
                .config("spark.driver.bindAddress", HOST).config("spark.ui.enabled", "false").config("spark.cores.max", cores)
                .config("spark.executor.memory", "512m").config("spark.executor.cores", 1).config("spark.sql.shuffle.partitions", 4)
                .config("spark.sql.warehouse.dir", str(self.folder / "warehouse")).getOrCreate())

    def stop(self):
        for process in [*self.workers, self.master]:
            process.stop()


@pytest.fixture(scope="session", name="cluster")
def cluster_fixture(tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.stop()


@pytest.fixture(name="spark")
def spark_fixture(cluster):
    session = cluster.session()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
