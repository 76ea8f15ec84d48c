# Terminalens egne ord: `vejviser chat` og `vejviser ask`.

chat-greeting = Hej! Jeg er en robot og svarer på spørgsmål om kommuners strategier for socialøkonomi.
chat-hint = Skriv et spørgsmål, eller vælg med et nummer. Slut med q eller Ctrl-D.

# Ord, der slutter samtalen, adskilt af mellemrum.
chat-leave = q slut quit exit

ask-hint = Skriv ét spørgsmål pr. linje. En tom linje begynder en ny samtale; slut med Ctrl-D.

failure = Beklager, der skete en fejl hos mig, så jeg kan ikke svare på det. Prøv at spørge på en anden måde.
failure-unkept = Lige nu kan jeg hverken gemme eller slå op, hvad jeg husker om vores samtale, så det blev ikke gjort. Prøv igen om lidt.
failure-never-kept = Her gemmer jeg ikke noget, så det kan jeg ikke gøre.
failure-denied = Kun gruppens administratorer kan bestemme, hvad gruppen får besked om, og slette det, der er gemt.

# Hvad et link fører til. En søgning siger selv i sin titel, at den er en.
terminal-link-document = Dokument: { $title }
terminal-link-page = Side: { $title }
terminal-link-search = { $title }

# En fil, der blev bedt om.
terminal-file = Filen ligger her: { $path }
terminal-file-failed = Filen kunne ikke skrives til { $path }: { $fault }
