"""A real WordPress on a database of its own, served by PHP itself; what shall go wrong with it is switched on here."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import httpx
import pytest

from installer import system

SOURCE = Path("/usr/share/wordpress")
ACCOUNT = "bientap"
_CONFIG = """<?php
define('DB_NAME', 'site'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
foreach (['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT',
          'LOGGED_IN_SALT', 'NONCE_SALT'] as $name) define($name, 'test');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true);
define('WP_ENVIRONMENT_TYPE', 'local'); define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_HOME', '{url}'); define('WP_SITEURL', '{url}');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
_ROUTER = """<?php
$limit = (int) @file_get_contents(__DIR__ . '/limit');
if ($limit && (int) ($_SERVER['CONTENT_LENGTH'] ?? 0) > $limit) { http_response_code(413); echo '<h1>413</h1>'; exit; }
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file(__DIR__ . $path)) return false;
$_SERVER['SCRIPT_NAME'] = '/index.php';
require __DIR__ . '/index.php';
"""
_INSTALL = """
define('WP_INSTALLING', true);
require 'wp-load.php'; require 'wp-admin/includes/upgrade.php';
wp_install('Trang của Sở', 'quantri', 'quantri@example.vn', true, '', 'mat-khau-quan-tri', 'en_US');
update_option('permalink_structure', '/%postname%/'); update_option('timezone_string', 'Asia/Ho_Chi_Minh');
foreach (['bientap' => 'editor', 'tacgia' => 'author', 'congtac' => 'contributor'] as $name => $role) {
  $id = wp_insert_user(['user_login' => $name, 'user_pass' => wp_generate_password(), 'role' => $role,
                        'user_email' => "$name@example.vn"]);
  $told[$name] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'SpokesDesk'])[0];
}
echo json_encode($told);
"""
# What other people's plugins and hosts do to a site.
_TROUBLES = """<?php
$file = __DIR__ . '/troubles.json';
$troubles = json_decode(@file_get_contents($file) ?: '[]', true);
$has = fn($name) => in_array($name, $troubles);
$off = fn() => new WP_Error('rest_disabled', 'REST API disabled', ['status' => 401]);
if ($has('rest-off')) add_filter('rest_authentication_errors', $off);
if ($has('no-passwords')) add_filter('wp_is_application_passwords_available', '__return_false');
if ($has('no-trash')) define('EMPTY_TRASH_DAYS', 0);
if ($has('slow')) add_filter('rest_post_dispatch', function ($told) { sleep(4); return $told; });
if ($has('no-files'))
  add_filter('wp_handle_sideload_prefilter', fn($file) => ['error' => 'This file type is not allowed.'] + $file);
add_filter('wp_insert_post_data', function ($post) use ($has, $file) {
  if ($post['post_type'] !== 'post') return $post;
  if ($has('editor') && $post['post_status'] === 'publish') $post['post_status'] = 'pending';
  if ($has('late-once')) { unlink($file); sleep(4); touch(__DIR__ . '/late'); }
  return $post;
});
"""
"""What other people's plugins, hosts and editors do to a site."""


class WordPressSite:
    """One site.

    Attributes:
        url: where it is served.
        passwords: account → its application password; an editor, an author and a contributor.
    """

    def __init__(self) -> None:
        _require()
        self.folder = Path(tempfile.mkdtemp(prefix="spokesdesk-wp-"))
        self.folder.chmod(0o755)
        self._site = self.folder / "site"
        self._processes: list[subprocess.Popen[bytes]] = []
        self.port = _free_port()
        try:
            self._start_database()
            shutil.copytree(SOURCE, self._site)
            (self._site / "wp-config.php").write_text(
                _CONFIG.replace("{socket}", str(self._socket)).replace("{url}", self.url), encoding="utf-8"
            )
            (self._site / "router.php").write_text(_ROUTER, encoding="utf-8")
            self.passwords: dict[str, str] = json.loads(self._php(_INSTALL))
            (self._site / "wp-content" / "mu-plugins").mkdir()
            self._plugin("troubles.php").write_text(_TROUBLES, encoding="utf-8")
            self.serve()
        except BaseException:
            self.stop()
            raise

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def trouble(self, *names: str) -> None:
        """Let these go wrong from now on, and nothing else."""
        self._plugin("troubles.json").write_text(json.dumps(names), encoding="utf-8")

    def plain_addresses(self, *, are_plain: bool) -> None:
        """Switch the site's readable addresses off or on; without them there is no ``/wp-json``."""
        form = "" if are_plain else "/%postname%/"
        self.tell(f"update_option('permalink_structure', '{form}');")

    def limit(self, size: int) -> None:
        """Let the web server in front of it refuse what is longer; 0 for no limit."""
        (self._site / "limit").write_text(str(size), encoding="ascii")

    def serve(self) -> None:
        """Serve it anew."""
        self.down()
        command = ["php", "-S", f"127.0.0.1:{self.port}", "-t", str(self._site), "router.php"]
        with (self.folder / "php.log").open("ab") as log:
            self._web = subprocess.Popen(
                command,
                cwd=self._site,
                env={**os.environ, "PHP_CLI_SERVER_WORKERS": "3"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._processes.append(self._web)
        with httpx.Client(transport=httpx.HTTPTransport(retries=8), trust_env=False, timeout=60) as asking:
            assert asking.get(self.url).is_success, (self.folder / "php.log").read_text()

    def down(self) -> None:
        """Take it off the network; its port stays its own."""
        if self._processes[1:]:
            _end(self._processes.pop())

    def posts(self) -> list[dict[str, Any]]:
        """Give the posts that the public can see, as the site tells them to anybody."""
        told = httpx.get(f"{self.url}/?rest_route=/wp/v2/posts", trust_env=False, timeout=30)
        found: list[dict[str, Any]] = told.json()
        return [one for one in found if one["slug"] != "hello-world"]

    def tell(self, code: str) -> str:
        """Run PHP inside the site and give what it prints."""
        return self._php(f"require 'wp-load.php'; {code}")

    def wait_for_the_late_one(self) -> None:
        """Wait until the site has done what it was too slow for."""
        self._php("while (!file_exists('wp-content/mu-plugins/late')) { usleep(50000); clearstatcache(); }")
        self._plugin("late").unlink()

    def stop(self) -> None:
        """End it and forget it."""
        while self._processes:
            _end(self._processes.pop())
        shutil.rmtree(self.folder, ignore_errors=True)

    def _plugin(self, name: str) -> Path:
        return self._site / "wp-content" / "mu-plugins" / name

    def _php(self, code: str) -> str:
        begin = f"$_SERVER['HTTP_HOST'] = '127.0.0.1:{self.port}'; $_SERVER['REQUEST_METHOD'] = 'GET';"
        return _ran(["php", "-r", begin + code], self._site)

    def _start_database(self) -> None:
        data, self._socket = self.folder / "db", self.folder / "db.sock"
        as_user = ["--user=mysql"] if os.geteuid() == 0 else []
        root = ["--auth-root-authentication-method=normal", "--skip-test-db"]
        _ran(["mariadb-install-db", "--no-defaults", f"--datadir={data}", *as_user, *root])
        if as_user:
            shutil.chown(self.folder, "mysql")
        command = ["/usr/sbin/mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={self._socket}"]
        quick = ["--skip-networking", "--innodb-flush-log-at-trx-commit=0", f"--pid-file={self.folder}/pid"]
        with (self.folder / "db.log").open("wb") as log:
            started = subprocess.Popen(
                [*command, *quick, *as_user], stdout=log, stderr=log, start_new_session=True
            )
        self._processes.append(started)
        reach = ["--no-defaults", f"--socket={self._socket}", "--user=root", "--wait=60"]
        _ran(["mariadb-admin", *reach, "create", "site"])


def _require() -> None:
    if not SOURCE.exists() or not all(
        shutil.which(one) for one in ("php", "mariadb-admin", "mariadb-install-db")
    ):
        line = " ".join(system.LONG)
        pytest.fail(f"WordPress is missing: apt-get install -y --no-install-recommends {line}", pytrace=False)


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
    return port


def _ran(command: list[str], folder: Path | None = None) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _end(process: subprocess.Popen[bytes]) -> None:
    # PHP's workers outlive their parent: the whole session goes.
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(20)
