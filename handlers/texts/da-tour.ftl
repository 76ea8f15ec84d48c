# Den guidede rundtur.

tour-welcome = Velkommen på den guidede rundtur! Den tager højst fem minutter, og du kan stille spørgsmål undervejs. Hvad passer bedst på dig?
tour-role-newcomer = Ny på området
tour-role-staff = Ansat i en kommune
tour-role-coordinator = Koordinator
tour-for-newcomer = det hele fra begyndelsen ({ $steps } trin)
tour-for-staff = hvad kommunerne gør, og hvordan du spørger ({ $steps } trin)
tour-for-coordinator = hvad kommunerne gør, og hvordan du får besked om nyt ({ $steps } trin)

tour-step = Trin { $step } af { $steps } · { $title }
tour-resume = Vi fortsætter, hvor du slap.
tour-steps = Rundturen har { $count } trin. Vælg et:
tour-left = Vi stopper her. Skriv „rundtur“, når du vil fortsætte – og spørg bare løs så længe.
tour-finished = Det var rundturen. Skriv „rundtur“, hvis du vil se den igen – og ellers: Spørg bare løs.

tour-back = Tilbage
tour-next = Næste
tour-all = Alle trin
tour-leave = Forlad rundturen
tour-end = Afslut rundturen
tour-again = Begynd forfra
tour-go-on = Fortsæt rundturen (trin { $step } af { $steps })

tour-title-what = Hvad er socialøkonomi?
tour-title-who = Hvem har strategier?
tour-title-themes = Hvad arbejder de med?
tour-title-place = En kommune tæt på
tour-title-ask = Sådan spørger du
tour-title-notices = Sådan får du besked

tour-what = Hvad kommunerne vil gøre, skriver de i en strategi – og strategierne kan du spørge mig om.
tour-who = { $count ->
    [one] Jeg kender 1 kommune med en strategi for socialøkonomi:
   *[other] Jeg kender { $count } kommuner med en strategi for socialøkonomi. Sådan kom strategierne til:
}
tour-first = { $place } (landets første)
tour-new = { $place } (ny strategi)
tour-undated = Årstal ukendt
tour-over = Strategiens periode er siden udløbet i { $places }.
tour-themes = { $initiatives ->
    [one] Kilderne nævner 1 indsats.
   *[other] Kilderne nævner { $initiatives } indsatser.
} De mest udbredte temaer er:
tour-theme = { $initiatives ->
    [one] 1 indsats
   *[other] { $initiatives } indsatser
} { $municipalities ->
    [one] i 1 kommune
   *[other] i { $municipalities } kommuner
}
tour-place = Hvilken kommune vil du se nærmere på?
tour-place-more = Du kan også skrive navnet på en af de { $count } andre.
tour-ask = Prøv et af eksemplerne herunder, eller skriv dit eget spørgsmål.
tour-notices = Jeg kan skrive til dig, når der er nyt: om alt, om en kommune, om et tema eller om en enkelt strategi. Prøv et af eksemplerne, eller skriv det med dine egne ord.
tour-notices-stop = Vil du ikke have beskeder mere, så skriv fx „stop beskeder om { $place }“.
tour-notice-place = Giv mig besked, når der er nyt fra { $place }
tour-notice-theme = Giv mig besked, når der er nyt om { $topic }

# Det, man kan skrive i stedet for at trykke på en knap, adskilt af |. Forstås kun, hvor det giver mening.
typed-next = næste | næste trin | næste stop | næste stop på turen | videre | gå videre | videre i turen | videre i rundturen | frem | fortsæt | fortsæt turen | fortsæt rundturen | fortsæt med turen | fortsæt med rundturen | videre på turen | videre på rundturen | videre med turen | videre med rundturen | gå videre med turen | gå videre med rundturen | lad os fortsætte turen | lad os fortsætte rundturen | tilbage til turen | tilbage til rundturen
typed-back = tilbage | gå tilbage | et trin tilbage | forrige | forrige trin
typed-all = alle trin | vis alle trin | vis trin | oversigt over trin
typed-again = begynd forfra | start forfra | forfra | forfra igen
typed-leave = stop | stop turen | stop rundturen | slut turen | slut rundturen | afslut | afslut turen | afslut rundturen | forlad | forlad turen | forlad rundturen | afbryd
typed-step = trin | skridt
typed-newcomer = ny | ny her | ny på området | jeg er ny | jeg er ny her | jeg er ny på området | begynder | nybegynder | nyansat | jeg er nyansat
typed-staff = ansat | ansat i en kommune | jeg er ansat | jeg er ansat i en kommune | medarbejder | kommunalt ansat | sagsbehandler
typed-coordinator = koordinator | jeg er koordinator | projektleder | tovholder
