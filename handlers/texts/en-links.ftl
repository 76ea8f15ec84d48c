# For editors: vejviser links looks whether the base's addresses still work.

links-looking = Looking for the addresses
links-archive = Looking for archived copies
links-resumed = { $count } of { $total } addresses were looked for the last time; this goes on with the rest.
links-stopped = Stopped: { $count } of { $total } addresses were looked for. Run the command again, and it goes on.
links-offline = Nobody answered at any of the { $count } addresses – is this machine online? Nothing was written into the base.
links-written = When the addresses were last seen now stands in { $file }.
links-summary = Addresses: { $total }. Work: { $ok }, moved: { $moved }, another type: { $changed }, suspicious: { $suspicious }, dead: { $dead }, not clear: { $unclear }.

## What was found
links-kind-dead = Dead
links-kind-suspicious = Suspicious: the page is probably gone
links-kind-changed = Something else than before
links-kind-moved = Moved: write the new address into the file
links-kind-unclear = Not clear today
links-kind-ok = Works, but leads somewhere else for now
links-to = leads to { $address }
links-copy = archived copy of { $date }: { $address }
links-no-copy = no archived copy
links-archive-silent = the archive did not answer

## Why
links-why-gone = there is no such page
links-why-dns = there is no server of that name
links-why-tls = the connection cannot be secured: the certificate is not valid
links-why-refused = the server takes no connection
links-why-timeout = the server did not answer in time
links-why-broken = the connection broke, or the answer made no sense
links-why-circle = the address redirects in a circle
links-why-address = this is no valid address, or it redirects to one that is not
links-why-elsewhere = redirects to a front page, an error page or a login
links-why-page = there was a document; now there is a web page
links-why-no-page = there was a web page; now there is a file
links-why-status = the server will not or cannot show the page
links-why-wait = the server asked us to wait
links-why-resolver = the name could not be looked up just now
links-why-unreachable = there is no way to the server from here
links-why-private = the server stands in an internal network; --private looks there, too
