# Indstillinger: sproget, og hvornår beskeder kommer.

settings = Sådan er det indstillet nu:
settings-changed = Det er ændret. Sådan er det indstillet nu:
settings-language = Sprog:{ " " }
settings-notices = Beskeder:{ " " }
settings-no-notices = Du abonnerer ikke på noget endnu. Når du gør det, kan du her vælge, hvornår beskederne kommer.
settings-rhythm = { $count ->
    [one] Du har ét abonnement og får besked { $rhythm }.
   *[other] Du har { $count } abonnementer og får besked { $rhythm }.
}
settings-how = Skriver du på et andet sprog, svarer jeg på det.
settings-each = Hvert abonnement kan også indstilles for sig.

# Knapper
settings-speak = Svar på dansk
settings-all = Alle beskeder { $rhythm }

# Det, man kan skrive i stedet for kommandoen, adskilt af |.
typed-settings = indstillinger | vis indstillinger | mine indstillinger | vis mine indstillinger | skift indstillinger | ændr indstillinger
