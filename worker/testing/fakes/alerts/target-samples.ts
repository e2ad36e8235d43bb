/** Addresses that alerts must not be sent to, each form once, and public ones. Made up, but for those of public name servers. */

/** Of no public host, as a name server could state them. */
export const REFUSED_ADDRESSES: readonly string[] = [
  ..."0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.9.9.9 169.254.169.254".split(
    " ",
  ),
  ..."172.16.0.1 172.31.255.254 192.0.0.8 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.254 198.18.0.1".split(
    " ",
  ),
  ..."198.19.255.254 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255".split(" "),
  ..."192.31.196.1 192.52.193.1 192.175.48.1".split(" "),
  // Loopback, unspecified, link-local, site-local, unique local, multicast.
  ..."::1 0:0:0:0:0:0:0:1 :: fe80::1 fe80::1%eth0 febf::1 fec0::1 fc00::1 fdff:ffff::1 ff02::1 ff0e::1".split(
    " ",
  ),
  // IPv4 inside of IPv6: mapped, compatible, translated, NAT64 of both kinds, 6to4, Teredo; of public addresses too.
  ..."::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:8.8.8.8 ::127.0.0.1 ::7f00:1 ::8.8.8.8 ::ffff:0:127.0.0.1".split(
    " ",
  ),
  ..."64:ff9b::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::a00:1 2002:7f00:1:: 2002:a00:1::1 2001:0:7f00:1::1".split(
    " ",
  ),
  // Documentation, discard, benchmarks, identifiers, segments, and what nobody was given.
  ..."2001:db8::1 3fff::1 100::1 2001:2::1 2001:10::1 2001:20::1 2001:4:112::1 2620:4f:8000::1 5f00::1 4000::1".split(
    " ",
  ),
  // What no address is.
  ..."localhost 127.1 2130706433 0x7f000001 1.2.3 1.2.3.4.5 256.1.1.1 ::g".split(" "),
  "",
];

export const PUBLIC_ADDRESSES: readonly string[] = [
  "1.1.1.1",
  "8.8.8.8",
  "100.63.255.255",
  "100.128.0.1",
  "172.15.255.255",
  "172.32.0.1",
  "192.167.255.255",
  "223.255.255.254",
  "2606:4700:4700::1111",
  "2400:cb00::1",
  "2a00:1450:4001:81b::200e",
];

/** Refused by their text, without asking a name server. */
export const REFUSED_TARGETS: readonly string[] = [
  // No https, and no address at all.
  "http://hooks.radar-check.com/x",
  "ftp://hooks.radar-check.com/x",
  "file:///etc/passwd",
  "data:text/plain,x",
  "wss://hooks.radar-check.com/x",
  "hooks.radar-check.com/x",
  "",
  " ",
  `https://hooks.radar-check.com/${"a".repeat(2_048)}`,
  // Other ports, names and passwords in the address.
  "https://hooks.radar-check.com:80/x",
  "https://hooks.radar-check.com:22/x",
  "https://hooks.radar-check.com:6379/x",
  "https://user@hooks.radar-check.com/x",
  "https://user:secret@hooks.radar-check.com/x",
  "https://hooks.radar-check.com@127.0.0.1/x",
  // Names of an inner network.
  "https://localhost/x",
  "https://LOCALHOST/x",
  "https://localhost./x",
  "https://radar.localhost/x",
  "https://printer.local/x",
  "https://metadata.google.internal/computeMetadata/v1/",
  "https://nas.home.arpa/x",
  "https://1.0.0.127.in-addr.arpa/x",
  "https://router.lan/x",
  "https://wiki.corp/x",
  "https://router/x",
  "https://hooks.radar-check.com./x",
  "https://hooks..radar-check.com/x",
  "https://.radar-check.com/x",
  `https://${"a".repeat(64)}.com/x`,
  `https://${Array.from({ length: 64 }, () => "abcd").join(".")}.com/x`,
  // Spellings of 127.0.0.1 and 169.254.169.254.
  "https://2130706433/x",
  "https://0x7f000001/x",
  "https://0x7f.1/x",
  "https://0177.0.0.1/x",
  "https://017700000001/x",
  "https://127.1/x",
  "https://127.0.1/x",
  "https://127.0.0.1./x",
  "https://①②⑦.0.0.1/x",
  "https://１２７。０。０。１/x",
  "https://127%2e0%2e0%2e1/x",
  "https://2852039166/x",
  "https://0xa9.0xfe.0xa9.0xfe/x",
  "https://0xa9fea9fe/x",
  "https://1.2.3.4.5/x",
  "https://256.1.1.1/x",
  "https://[fe80::1%25eth0]/x",
  ...REFUSED_ADDRESSES.filter((address) => /^\d+(?:\.\d+){3}$/.test(address)).map(
    (address) => `https://${address}/x`,
  ),
  ...REFUSED_ADDRESSES.filter((address) => address.includes(":")).map((address) => `https://[${address}]/x`),
];

export const PUBLIC_TARGETS: readonly string[] = [
  "https://hooks.radar-check.com/x",
  "https://hooks.radar-check.com:443/x?token=1",
  "https://hooks.radar-check.com:8443/x",
  "https://discord.com/api/webhooks/1/abc",
  "https://hooks.slack.com/services/T0/B0/abc",
  "https://fcm.googleapis.com/fcm/send/abc",
  "https://updates.push.services.mozilla.com/wpush/v2/abc",
  "https://web.push.apple.com/abc",
  "https://wns2-pn1p.notify.windows.com/w/?token=abc",
  "https://훅.레이더.com/x",
  "https://1.1.1.1/x",
  "https://134744072/x",
  "https://[2606:4700:4700::1111]/x",
  "https://[2606:4700:4700::1111]:8443/x",
];
