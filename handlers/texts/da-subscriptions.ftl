# Abonnementer: hvad man får besked om, hvor tit, og hvordan man stopper igen.

## Hvad og hvor tit
scope-everything = alt
scope-theme-in = { $theme } i { $place }
scope-strategy = strategien { $name }
scope-except = { $scope } undtagen { $excluded }
rhythm-now = med det samme
rhythm-daily = på hverdage kl. { $hour }
rhythm-weekly = hver { $day } kl. { $hour }

## Når man abonnerer
subscribed = Du får nu besked om { $what }: { $rhythm }.
subscribed-changed = Du får fremover besked om { $what }: { $rhythm }.
subscribed-already = Du får allerede besked om { $what }: { $rhythm }. Det er stadig kun ét abonnement.
subscribed-quiet = Mellem kl. { $begin } og { $end } skriver jeg ikke, men venter til kl. { $end }.
quiet-none = Jeg skriver på alle tider af døgnet.
quiet-digests = Faste beskeder kommer stadig på det tidspunkt, du har valgt.
subscribe-menu = Hvad vil du have besked om, når der kommer nyt?
subscribe-how = Vælg herunder, eller skriv det – fx „giv mig besked om { $what } hver mandag kl. 9“ eller „giv mig besked om alt undtagen indkøb“.
subscribe-nowhere = Jeg kan kun give dig besked i en samtale, der huskes: på websiden, i Telegram eller i terminalen („vejviser chat“). Her kan du hverken abonnere eller stoppe beskeder.
refused = Det emne kender jeg ikke, så det kan du ikke abonnere på.
refused-place = Jeg har ikke noget om { $places }, så det kan du ikke abonnere på.
refused-strategy = Den strategi kender jeg ikke. Jeg kender { $strategies }.
refused-near = Det nærmeste, jeg har, er { $names }.
refused-known = Du kan abonnere på { $count } kommuner ({ $places }), på { $themes } temaer eller på alt.

## Når man stopper
unsubscribed = Du får ikke længere besked om { $what }.
unsubscribed-all = { $count ->
    [one] Dit abonnement er stoppet. Du får ikke flere beskeder.
   *[other] Alle dine { $count } abonnementer er stoppet. Du får ikke flere beskeder.
}
unsubscribe-not-had = Du abonnerer ikke på { $what }.
unsubscribe-none-such = Det abonnerer du ikke på. Du får besked om dette:
unsubscribe-which = Hvad vil du stoppe? Du får besked om dette:
still-told = Du får stadig besked om { $what }, fordi du abonnerer på { $through }.
subscriptions-left = { $count ->
    [one] Du har stadig ét abonnement.
   *[other] Du har stadig { $count } abonnementer.
}

## Oversigten
subscriptions = { $count ->
    [one] Du har ét abonnement:
   *[other] Du har { $count } abonnementer:
}
subscriptions-none = Du abonnerer ikke på noget.
subscriptions-how = Tryk for at ændre eller stoppe, eller skriv det – fx „besked om alt hver mandag kl. 9“ eller „ingen beskeder mellem 18 og 8“.
subscription-gone = Det findes ikke længere i min viden, så der kommer ikke mere nyt.

## Knapper – teksten forstås også, når den skrives
ask-subscriptions = Vis mine abonnementer
subscribe-to = Giv mig besked om { $scope }
change-rhythm = Besked om { $scope } { $rhythm }
leave-out = Besked om { $scope } undtagen { $excluded }
stop = Stop besked om { $scope }
any-hour = Besked på alle tider af døgnet
rest = Ingen beskeder mellem kl. { $begin } og { $end }
stop-all = Stop alle beskeder
