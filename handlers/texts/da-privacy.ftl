# Hvad der gemmes, og hvordan man får det slettet.

privacy-head = Det her gemmer jeg om vores chat:
privacy-address = Chattens adresse, krypteret, så jeg kan svare dig.
privacy-session = Sproget, emnet for de seneste svar, din plads på rundturen, og om jeg venter på et svar – krypteret, så du kan spørge videre: „og i Aarhus?“
privacy-waiting = Din besked i Telegram, krypteret, og kun til jeg har svaret på den.
privacy-subscriptions = Hvad du abonnerer på, hvilke beskeder der er på vej til dig, og om de er sat på pause, så du kan få besked om nyt.
privacy-times = Hvornår chatten begyndte, og hvornår du sidst skrev, så gamle chatter kan blive slettet.
privacy-admitted = Hvornår du gav invitationskoden, så du kun skal give den én gang.
privacy-not-kept = Det, du skriver, gemmer jeg ikke derudover, og heller ikke dit navn.
privacy-unanswered = Det, du skriver, gemmer jeg ikke derudover, og heller ikke dit navn – med én undtagelse: Spørgsmål, jeg ikke kan svare på, gemmes i { $days ->
    [one] 1 dag
   *[other] { $days } dage
} uden noget, der viser, hvem der spurgte. CPR-, telefon- og kontonumre og mailadresser bliver streget ud først, men det gør navne ikke – så skriv ingen.
privacy-unanswered-judged = Det, du skriver, gemmer jeg ikke, og heller ikke dit navn – med én undtagelse: Spørgsmål, jeg ikke kan svare på, eller hvor du siger, at svaret ikke hjalp, gemmes i { $days ->
    [one] 1 dag
   *[other] { $days } dage
} uden noget, der viser, hvem der spurgte. CPR-, telefon- og kontonumre og mailadresser bliver streget ud først, men det gør navne ikke – så skriv ingen.
privacy-judged = Trykker du „Det hjalp“ eller „Det hjalp ikke“, tæller jeg det sammen for hver slags spørgsmål – men ikke, hvem der trykkede.
privacy-days = Det hele slettes, når du beder om det, eller når du ikke har skrevet i { $days ->
    [one] 1 dag
   *[other] { $days } dage
}. Abonnerer du på noget, bliver det stående, så længe beskederne når frem til dig.
privacy-until-erased = Det hele står, indtil du beder mig om at slette det.
privacy-memory = Her skriver jeg intet ned. Mens programmet kører, husker jeg kun sproget, emnet for de seneste svar og din plads på rundturen, så du kan spørge videre. Når programmet slutter, er det væk.
privacy-operator = Ansvarlig: { $operator }
privacy-no-operator = Ansvarlig er den, der driver botten. Navn og kontakt er ikke sat op her.
privacy-channel = Skriver du gennem en tjeneste som Telegram, ser den også dine beskeder – efter sine egne regler.
privacy-show = Vis mine data

my-data = Det hele står i filen: { $parts }.
my-data-nothing = Jeg har ikke gemt noget om chatten endnu. Filen viser, hvad der kan stå.
my-data-language = sproget ({ $name })
my-data-language-da = dansk
my-data-language-en = engelsk
my-data-subject = emnet for de seneste svar
my-data-tour = din plads på rundturen
my-data-subscriptions = { $count ->
    [one] 1 abonnement
   *[other] { $count } abonnementer
}
my-data-times = hvornår du skrev første og sidste gang
my-data-admitted = hvornår du gav invitationskoden
my-data-memory = Der er ingen fil at give dig, for her er intet gemt om dig. Mens programmet kører, husker jeg kun sproget, emnet for de seneste svar og din plads på rundturen.
my-data-address = krypteret; den er kun til at svare og sende besked med

erase-ask = Skal jeg slette alt, hvad jeg har gemt om vores chat? { $count ->
    [0] Det kan ikke fortrydes.
    [one] Så stopper også dit abonnement. Det kan ikke fortrydes.
   *[other] Så stopper også dine { $count } abonnementer. Det kan ikke fortrydes.
}
erase-admitted = Vil du siden skrive til mig igen, skal du give invitationskoden igen.
erase-yes = Slet alt om mig
erase-no = Behold det
erase-done = Alt om dig er slettet: chattens adresse, emnet for samtalen og dine abonnementer. Farvel – og skriver du igen, begynder vi helt forfra.
erase-kept = Godt. Jeg har ikke slettet noget.
erase-memory = Her er intet gemt, så der er intet at slette. Når programmet slutter, er også samtalens emne væk.

# Svar på, om alt skal slettes, adskilt af |.
typed-yes = ja | ja tak | ja slet | ja slet det | ja slet alt | ja slet det hele | slet alt | slet det hele | slet alt om mig | ja slet alt om mig
typed-no = nej | nej tak | fortryd | annuller | behold | behold det | nej behold det | lad være
