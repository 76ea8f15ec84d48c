# Kun for websiden: knapper, overskrifter og de få linjer, som siden selv siger.
web-description = Spørg, hvad danske kommuner gør for socialøkonomi, og få et kort svar med kilde og dato.
web-locale = da_DK
web-skip = Gå til indholdet
web-nav = Sider
web-nav-chat = Spørg
web-nav-municipalities = Kommuner
web-nav-themes = Temaer
web-nav-documents = Dokumenter
web-nav-news = Nyt
web-nav-find = Find
web-footer = Vejviser svarer ud fra offentlige kilder og nævner dem hver gang.
web-privacy = Privatliv
web-accessibility = Tilgængelighed
web-data = Åbne data
web-feed = Feed
web-feed-all = Nyt om kommunernes strategier
web-embed = Sæt ind på en anden side

## Chatten
web-title = Spørg om kommunernes strategier for socialøkonomi
web-title-answer = Svar
web-head = Hvad gør kommunerne for socialøkonomi?
web-lead = Spørg, som du taler. Du får et kort svar med kilde, dato og links til dokumenterne.
web-ask-label = Dit spørgsmål
web-send = Send
web-you = Du spurgte:
web-log = Samtalen
web-buttons = Valg
web-suggestions = Spørg videre
web-judge = Hjalp svaret?
web-examples = Prøv fx
web-tour-text = Er du ny her?
web-tour = Tag rundturen på fem minutter
web-browse = Eller se det hele
web-notice = Nyt til dig
web-missing = Skriv et spørgsmål først.
web-waiting = Tryk på „Send“, så svarer jeg.
web-confirm = Siden var gammel. Tryk igen, hvis du stadig vil.
web-failed = Der kom ikke noget svar. Prøv igen om lidt.
web-download = Hent { $name }
web-paper = Hent som PDF på én side (A4)
web-table = Vis som tabel
web-link-document = Dokument: { $title }
web-link-page = Side: { $title }
web-link-search = Søgning: { $title }

## Når noget mangler eller går galt
web-error-missing = Den side findes ikke
web-error-text-missing = Måske har adressen fået et nyt navn, eller der mangler et bogstav.
web-error-long = Det er for langt
web-error-text-long = Så lang en tekst kan jeg ikke læse. Skriv dit spørgsmål kortere.
web-error-often = Lidt for hurtigt
web-error-text-often = Der kommer mange spørgsmål fra dit netværk lige nu. Vent et øjeblik, og prøv igen.
web-error-fault = Noget gik galt hos mig
web-error-text-fault = Det er ikke din fejl. Prøv igen. Sker det igen, så nævn koden for den, der driver siden.
web-error-refused = Det kan siden ikke
web-error-text-refused = Sådan kan siden ikke bruges. Begynd forfra på forsiden.
web-error-id = Kode:
web-error-near = Leder du efter en af disse?
web-error-home = Til forsiden

## I terminalen, når siden begynder
web-served = Vejviser svarer på { $address } – stop med Ctrl-C.
web-not-served = { $place } kan ikke bruges ({ $fault }). Vælg en anden plads, fx VEJVISER_WEB=127.0.0.1:8081
web-nothing-to-serve = VEJVISER_WEB, VEJVISER_TELEGRAM_TOKEN og VEJVISER_ROLE giver tilsammen intet at svare på. Sæt en af dem, eller tal her: vejviser chat
run-stuck = Programmet har stået stille i to minutter og slutter. Start det igen.

## Siderne om hver ting
web-kind-municipality = Kommune
web-kind-theme = Tema
web-kind-initiative = Indsats
web-kind-strategy = Strategi
web-kind-goal = Mål
web-kind-document = Dokument
web-kind-organisation = Organisation
web-kind-term = Begreb
web-page-theme = Tema: { $name }
web-page-initiative = { $name } ({ $place })
web-page-municipality = Om { $name }
web-website = Hjemmeside
web-goals = Vision og mål
web-initiatives = Indsatser
web-strategies = Strategier
web-steps = Trin på vejen
web-sources = Kilder
web-silent = Nævnes ikke i kilderne fra
web-partners = Partnere
web-figures = Tal
web-alike = Andre kommuner om det samme
web-replaced-by = Afløst af
web-replaces = Afløser
web-evaluation = Evaluering
web-deadline = Inden
web-address = Find det
web-publisher = Udgiver
web-dated = Dateret
web-read-here = Står i dette dokument
web-across = På tværs af kommuner
web-feed-on = Feed: Nyt om { $name }

## Find
web-find = Find en side
web-find-lead = Der er en side om hver kommune, hvert tema, hver indsats og hvert dokument.
web-find-label = Navn
web-find-go = Find
web-found = { $count ->
    [0] Ingen sider hedder noget i den retning
    [one] 1 side
   *[other] { $count } sider
}

## Privatliv
web-privacy-page = Her på siden
web-privacy-cookie = Den første gang du spørger, får din browser én cookie. Den rummer et tilfældigt tal og bruges kun til at kende chatten igen. Læser du bare, sættes der ingen.
web-privacy-words = Det, du skriver, står på siden hos dig og ingen andre steder. Lukker du siden, er det væk.
web-privacy-tracking = Der er ingen sporing, ingen statistik og intet, der hentes fra andre.
web-privacy-address = Din netadresse huskes i hukommelsen, så længe det tager at tælle, om der kommer for mange kald. Den skrives ingen steder.

## Tilgængelighed
web-access-lead = Alle skal kunne bruge Vejviser. Siden følger WCAG 2.2 på niveau AA (EN 301 549).
web-access-how = Sådan er den lavet
web-access-keyboard = Alt kan nås og bruges med tastaturet, og man kan se, hvor man er.
web-access-reader = Overskrifter, områder og felter har navne, og skærmlæsere siger nye svar op.
web-access-zoom = Teksten kan forstørres til 400 %, uden at man skal rulle til siden.
web-access-colour = Lyse og mørke farver følger din maskine, og ingen oplysning gives med farve alene.
web-access-pictures = Billeder siger med ord, hvad de viser, og under hvert står det samme som en tabel. Siderne til print er mærkede PDF-filer (PDF/UA).
web-access-script = Siden virker også uden JavaScript, og ved „reduceret bevægelse“ står den stille.
web-access-checked = Sådan er den prøvet
web-access-tests = Hver slags side prøves med axe-core i Chromium på begge sprog, i lys og mørk, og en hel samtale føres med tastaturet alene – hver gang programmet ændres. Den er ikke prøvet af mennesker med handicap.
web-access-not = Det, der ikke er med
web-access-papers = Dokumenterne, der linkes til, er andres, og mange af dem er gamle PDF-filer. Om de er tilgængelige, kan Vejviser ikke love.
web-access-tell = Hvis noget driller
web-access-operator = Skriv til { $operator }.
web-access-no-operator = Sig det til den, der driver siden. Navn og kontakt er ikke oplyst her.

## Åbne data
web-data-lead = Alt, hvad Vejviser ved, kan hentes og bruges af andre.
web-data-base = Hele vidensbasen
web-data-json = alt, med kilde til hver oplysning
web-data-csv = én række for hver strategi, indsats, mål og trin
web-data-licence = Vores egne tekster må bruges frit, når Vejviser nævnes:
web-data-answers = Svar til programmer
web-data-answers-text = Ét spørgsmål ind, ét svar ud som JSON. Intet gemmes.
web-data-question = hvem har mentorordning?
web-data-openapi = Beskrivelse (OpenAPI)
web-data-feeds = Feeds
web-data-feeds-text = Følg med i en feedlæser eller i Outlook. Det kræver ingen oplysninger om dig.

## Sæt ind på en anden side
web-embed-lead = Chatten kan stå på jeres intranet, hvis dets adresse er tilladt i VEJVISER_WEB_PARENTS.
web-embed-script = Med et script
web-embed-frame = Eller med en ramme

## Feeds
web-feed-rights = Vores egne tekster: CC BY 4.0
web-feed-entry = { $what }: { $names }
web-feed-title = Nyt om { $name }
