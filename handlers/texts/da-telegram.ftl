# Kun til Telegram: knapper, menu og de få linjer, som kanalen selv siger.
telegram-link-document = Dokument: { $title }
telegram-link-page = Side: { $title }
telegram-link-search = Søg: { $title }

telegram-command-help = Se, hvad du kan spørge om
telegram-command-tour = Tag en rundtur på fem minutter
telegram-command-subscribe = Få besked, når der er nyt
telegram-command-subscriptions = Se og stop, hvad du får besked om
telegram-command-settings = Vælg sprog, og hvornår beskeder kommer
telegram-command-privacy = Se, hvad der gemmes om dig
telegram-command-mydata = Få det, der er gemt om dig, som fil
telegram-command-erase = Slet alt, hvad der er gemt om dig

telegram-description = Hej! Jeg svarer på spørgsmål om kommuners strategier for socialøkonomi: hvem der gør hvad, siden hvornår, og hvor det står. Skriv, som du taler – på dansk eller engelsk – eller tag en rundtur på fem minutter. Jeg kan også skrive til dig, når der er nyt. Jeg bygger på offentlige kilder og nævner dem altid.
telegram-short-description = Svar på spørgsmål om kommuners strategier for socialøkonomi – altid med kilde.

telegram-share = Del svaret
telegram-ask-further = Spørg videre hos Vejviser
telegram-nothing-found = Intet fundet – spørg mig direkte
telegram-hello = Hej! Jeg svarer på spørgsmål om kommuners strategier for socialøkonomi. Skriv @{ $bot } foran et spørgsmål, eller svar på en af mine beskeder – alt andet, I skriver, lader jeg ligge. Gruppens administratorer kan med /abonner@{ $bot } vælge, hvad gruppen skal have besked om.
telegram-group-told = Beskederne kommer her i gruppen, så alle i den kan læse dem.

telegram-only-text = Jeg kan kun læse tekst. Skriv dit spørgsmål til mig, så svarer jeg.
telegram-fault = Noget gik galt hos mig, så du fik ikke dit svar. Prøv igen. Sker det igen, så nævn koden { $id }.
telegram-too-fast = Så mange beskeder ad gangen kan jeg ikke følge med til. Vent et minut, så svarer jeg igen.
telegram-access-list = Jeg svarer kun dem, der står på min liste. Spørg { $operator }, om du kan komme med.
telegram-access-invite = Jeg svarer kun dem, der er inviteret. Har du en kode, så send mig den; ellers spørg { $operator }.
telegram-access-nobody = den, der driver botten
telegram-access-often = Det var for mange koder, der ikke passer. Vent et minut, og prøv igen.
telegram-access-unknown = Jeg kan ikke se lige nu, om du er lukket ind. Prøv igen om lidt.
telegram-access-button = Kun for nogle – se hvem
telegram-access-in = Velkommen! Koden passer, og du er lukket ind.
telegram-nothing = Jeg har ikke noget at vise dig her.

# Til den, der driver botten
telegram-token-refused = Telegram afviser den token, der står i VEJVISER_TELEGRAM_TOKEN. Hent den rigtige hos @BotFather.
telegram-unreachable = Kan ikke få svar fra Telegram på { $api } ({ $fault }). Se efter netværket og VEJVISER_TELEGRAM_API.
telegram-stuck = Telegram-delen er gået i stå, så programmet slutter. Loggen siger hvorfor. Start det igen.
