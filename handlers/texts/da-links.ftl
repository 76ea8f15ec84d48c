# Til redaktører: vejviser links ser efter, om basens adresser stadig virker.

links-looking = Ser efter adresserne
links-archive = Leder efter arkiverede kopier
links-resumed = { $count } af { $total } adresser blev set efter sidst; der fortsættes med resten.
links-stopped = Stoppet: { $count } af { $total } adresser er set efter. Kør kommandoen igen, så fortsætter den.
links-offline = Ingen svarede på nogen af de { $count } adresser – er maskinen på nettet? Der er ikke skrevet noget i basen.
links-written = Hvornår adresserne sidst blev set, står nu i { $file }.
links-summary = Adresser: { $total }. Virker: { $ok }, flyttet: { $moved }, anden type: { $changed }, mistænkelige: { $suspicious }, døde: { $dead }, uafklaret: { $unclear }.

## Hvad der er fundet
links-kind-dead = Døde
links-kind-suspicious = Mistænkelige: siden er der nok ikke mere
links-kind-changed = Noget andet end før
links-kind-moved = Flyttet: skriv den nye adresse i filen
links-kind-unclear = Uafklaret i dag
links-kind-ok = Virker, men leder for tiden et andet sted hen
links-to = leder til { $address }
links-copy = arkiveret kopi fra { $date }: { $address }
links-no-copy = ingen arkiveret kopi
links-archive-silent = arkivet svarede ikke

## Hvorfor
links-why-gone = siden findes ikke
links-why-dns = der er ingen server med det navn
links-why-tls = forbindelsen kan ikke sikres: certifikatet gælder ikke
links-why-refused = serveren tager ikke imod
links-why-timeout = serveren svarede ikke i tide
links-why-broken = forbindelsen blev afbrudt, eller svaret var ikke til at forstå
links-why-circle = adressen sender videre i ring
links-why-address = det er ingen gyldig adresse, eller den sender videre til en, der ikke er det
links-why-elsewhere = sender videre til forsiden, en fejlside eller et login
links-why-page = der var et dokument; nu er der en webside
links-why-no-page = der var en webside; nu er der en fil
links-why-status = serveren vil eller kan ikke vise siden
links-why-wait = serveren bad os om at vente
links-why-resolver = navnet kunne ikke slås op lige nu
links-why-unreachable = der er ingen vej til serveren herfra
links-why-private = serveren står på et internt net; --private ser også efter dér
