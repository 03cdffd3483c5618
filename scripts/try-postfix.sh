#!/bin/bash
# Tries senders against a real Postfix with SASL, TLS and a certificate authority of its own, then leaves nothing behind.
# As root, on Debian: apt-get install -y postfix sasl2-bin libsasl2-modules openssl
set -euo pipefail
cd "$(dirname "$0")/.."

missing() {
  echo "This needs $1. On Debian: apt-get install -y postfix sasl2-bin libsasl2-modules openssl" >&2
  exit 2
}
[ "$(id -u)" = 0 ] || { echo "Postfix starts as root alone; run this as root." >&2; exit 2; }
for program in postconf saslpasswd2 openssl; do command -v "$program" >/dev/null || missing "$program"; done
postconf -a | grep -qx cyrus || missing "a Postfix with Cyrus SASL"

folder=$(mktemp -d /tmp/reachable-postfix-XXXXXX)
chmod 755 "$folder"
master=
stop() {
  [ -n "$1" ] || return 0
  kill -INT "$1" 2>/dev/null || true
  while kill -0 "$1" 2>/dev/null && ! grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; do sleep 0.1; done
}
end() {
  code=$?
  trap - EXIT
  # The database ends with the checks, unless these broke off.
  stop "$(head -n 1 "$folder/database/postgres/postmaster.pid" 2>/dev/null)"
  stop "$master"
  [ "$code" = 0 ] || tail -n 40 "$folder/log/mail.log" >&2 2>/dev/null || true
  rm -rf "$folder"
  exit "$code"
}
trap end EXIT
trap 'exit 130' INT TERM

# The usual ports, at a loopback address that nothing else listens at.
address=127.77.$((RANDOM % 254 + 1)).$((RANDOM % 254 + 1))
host=mail.clinic.example
user=desk@clinic.example
password=$(openssl rand -hex 12)

# A certificate authority that nobody knows, and a certificate by it.
mkdir -p "$folder"/{tls,etc/sasl,queue,data,mail,log}
(
  cd "$folder/tls"
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Clinic CA" -keyout ca.key -out ca.pem \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign 2>/dev/null
  openssl req -newkey rsa:2048 -nodes -subj "/CN=$host" -keyout server.key -out server.csr 2>/dev/null
  openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out server.pem \
    -extfile <(printf 'subjectAltName=DNS:%s\nextendedKeyUsage=serverAuth\n' "$host") 2>/dev/null
  chmod 600 ./*.key
)

# One account, in a file of its own instead of /etc/sasldb2. Debian looks for smtpd.conf in sasl/ beside main.cf.
printf '%s' "$password" | saslpasswd2 -p -c -f "$folder/etc/sasl/users" -u clinic.example desk
chown postfix "$folder/etc/sasl/users"
printf 'pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: %s\nmech_list: PLAIN LOGIN\n' "$folder/etc/sasl/users" >"$folder/etc/sasl/smtpd.conf"

printf '%s %s\n' "$user" "$user" >"$folder/etc/logins"
printf '%s\n' 'admin@clinic.example admin/' 'member@clinic.example member/' >"$folder/etc/boxes"
chown postfix: "$folder/mail" "$folder/data"
cat >"$folder/etc/main.cf" <<CONF
compatibility_level = 3.6
queue_directory = $folder/queue
data_directory = $folder/data
maillog_file = $folder/log/mail.log
maillog_file_prefixes = $folder
myhostname = $host
mydestination =
mynetworks =
inet_interfaces = loopback-only
inet_protocols = ipv4
alias_maps =
alias_database =
biff = no
# Nothing leaves this machine.
default_transport = error:nothing leaves here
relay_transport = error:nothing leaves here
virtual_mailbox_domains = clinic.example
virtual_mailbox_base = $folder/mail
virtual_mailbox_maps = texthash:$folder/etc/boxes
virtual_uid_maps = static:$(id -u postfix)
virtual_gid_maps = static:$(id -g postfix)
virtual_minimum_uid = 1
smtpd_tls_cert_file = $folder/tls/server.pem
smtpd_tls_key_file = $folder/tls/server.key
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = cyrus
smtpd_sasl_path = smtpd
smtpd_sender_login_maps = texthash:$folder/etc/logins
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_sender_restrictions = reject_sender_login_mismatch
CONF
cat >"$folder/etc/master.cf" <<CONF
$address:587 inet n - n - - smtpd -o smtpd_tls_security_level=encrypt
$address:465 inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o smtpd_sender_restrictions=reject_authenticated_sender_login_mismatch
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
CONF
postfix -c "$folder/etc" check || { echo "Postfix does not take its configuration." >&2; exit 1; }
# In a group of its own: it ends its whole group with itself.
setsid "$(postconf -c "$folder/etc" -h daemon_directory)/master" -c "$folder/etc" -d &
master=$!

env POSTFIX_FOLDER="$folder" POSTFIX_ADDRESS="$address" POSTFIX_HOST="$host" POSTFIX_USER="$user" POSTFIX_PASSWORD="$password" \
  npx tsx tests/postfix/run.ts
