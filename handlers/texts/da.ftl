# Bottens egne ord på dansk. Kort, i du-form, uden fagsprog.

quoted = „{ $text }“

## Datoer
season-winter = vinteren { $year }
season-spring = foråret { $year }
season-summer = sommeren { $year }
season-autumn = efteråret { $year }
in-time = i { $date }
in-season = i { $date }
on-day = den { $date }
undated = uden dato

## Kilder og links
source-line = { $count ->
    [one] Kilde: { $sources }.
   *[other] Kilder: { $sources }.
}
source-written = { $title } ({ $publisher }, { $date })
source-seen = læst { $date }
sources-more = { $count ->
    [one] 1 anden kilde
   *[other] { $count } andre kilder
}
places-more = { $count ->
    [one] 1 anden
   *[other] { $count } andre
}
no-legal-advice = Det er et resumé af kilderne og ingen juridisk rådgivning.
source-head = Det står her:
source-item = { $title } ({ $date }), afsnittet „{ $section }“, punkt { $item }
source-section = { $title } ({ $date }), afsnittet „{ $section }“
paper-source = { $title } ({ $date })
base-age = Oplysningerne her er så gamle som deres kilder.
links-unopened = Adresserne er noteret i november 2026, men ikke åbnet siden, så et link kan være dødt.
# Bag et links titel, når nogen har set efter.
link-seen = { $title } (sidst set { $year })
link-failed = { $title } (virkede ikke { $date })
search-title = Søg på { $site }: { $title }
with-partners = Partnere: { $partners }.

## Lister
and-more = … og { $count } til.
show-all = Vis det hele
silence-is-no-no = At kilderne ikke nævner det, betyder ikke, at kommunen ikke har det.

## Hvem gør hvad
with = { $count ->
    [one] Én af de { $known } kommuner, jeg kender, arbejder med { $topics }: { $places }.
   *[other] { $count } af de { $known } kommuner, jeg kender, arbejder med { $topics }: { $places }.
}
with-count = { $count ->
    [one] 1 (én) af de { $known } kommuner, jeg kender, arbejder med { $topics }: { $places }.
   *[other] { $count } af de { $known } kommuner, jeg kender, arbejder med { $topics }: { $places }.
}
with-many = { $count } af de { $known } kommuner, jeg kender, arbejder med { $topics }.
with-others = { $count ->
    [one] Ja, også { $places } arbejder med { $topics } (af { $known } kommuner, jeg kender).
   *[other] Ja, også { $places } arbejder med { $topics } (af { $known } kommuner, jeg kender).
}
with-nobody = Ingen af de { $known } kommuner, jeg kender, nævner { $topics } i kilderne.
with-no-others = Nej, kun { $places } nævnes med { $topics } i kilderne (af { $known } kommuner, jeg kender).
without = { $count ->
    [one] Om én af de { $known } kommuner, jeg kender, nævner kilderne ikke { $topics }: { $places }.
   *[other] Om { $count } af de { $known } kommuner, jeg kender, nævner kilderne ikke { $topics }: { $places }.
}
without-but = { $count ->
    [one] Én af de { $known } kommuner, jeg kender, arbejder med { $wanted }, uden at kilderne nævner { $topics }: { $places }.
   *[other] { $count } af de { $known } kommuner, jeg kender, arbejder med { $wanted }, uden at kilderne nævner { $topics }: { $places }.
}
without-titles = { $count ->
    [one] Om 1 kommune mere kender jeg højst titler og datoer.
   *[other] Om { $count } kommuner mere kender jeg højst titler og datoer.
}
without-none = Det gælder ingen af de { $known } kommuner, jeg kender: Kilderne nævner { $topics } hos dem alle.
never-evaluated = { $count } af de { $known } kommuner, jeg kender, har ingen evaluering i kilderne: { $places }.
they-do = { $places } arbejder derimod med { $topics }.
yes = Ja. Sådan arbejder { $place } med { $topics }:
yes-beside = Ja, men ikke i selve strategien. Sådan arbejder { $place } med { $topics } ved siden af den:
yes-too = { $place }:
no = { $over ->
    [yes] Nej, det finder jeg ikke: Kilderne nævner ikke { $topics } i den udløbne strategi for { $place }. Det betyder ikke, at kommunen ikke har det.
   *[no] Nej, det finder jeg ikke: Kilderne nævner ikke { $topics } i strategien for { $place }. Det betyder ikke, at kommunen ikke har det.
}
no-mention = nævnes ikke i kilderne.

## En kommune
overview = { $count ->
    [0] { $place } har ingen indsatser i kilderne.
    [one] { $place } har 1 indsats i kilderne.
   *[other] { $place } har { $count } indsatser i kilderne.
}
overview-none = Jeg finder ingen strategi og ingen indsatser for { $place } i kilderne.
overview-titles = Kilderne viser kun titlen på { $count ->
    [one] ét papir
   *[other] { $count } papirer
} fra { $place }: { $titles }. Om indholdet ved jeg intet.
no-strategy = Jeg finder ingen strategi for { $place } i kilderne.
beside = Desuden: { $named }.
beside-dated = { $title } ({ $date })
then = { $then ->
    [earlier] Sådan var det tidligere; det er siden afløst:
   *[other] Sådan var det i { $then }:
}
then-untold = Om { $places } i { $then } står der ikke noget i kilderne.{ $rest ->
    [yes] { " " }Her er, hvad de ellers fortæller:
   *[no] { "" }
}
earlier = Tidligere: { $named }.
earlier-strategy = { $count ->
    [0] strategien { $title } ({ $date })
    [one] strategien { $title } ({ $date }) med 1 indsats
   *[other] strategien { $title } ({ $date }) med { $count } indsatser
}
earlier-with = { $count ->
    [one] Tidligere: { $named }. Den strategi, den stod i, er siden afløst.
   *[other] Tidligere: { $named }. De strategier, de stod i, er siden afløst.
}
earlier-item = { $place } ({ $item }, { $date })
does = Indsatser: { $initiatives }.
listed-dated = { $place } ({ $years })
listed-title-only = { $place } (kun titlen kendes)
list-titles = Af { $count ->
    [one] én strategi
   *[other] { $count } strategier
} kender jeg kun titlen:
list-strategies = { $count } af de { $known } kommuner, jeg kender, har en strategi i kilderne:
list-municipalities = Jeg kender { $count } kommuner; { $having } af dem har en strategi for socialøkonomi i kilderne.

## Strategier og tid
strategy-adopted = { $title } blev vedtaget { $date }.
strategy-launched = { $title } blev lanceret { $date }.
strategy-presented = { $title } blev præsenteret { $date }.
strategy-it = Den
strategy-runs = { $title } gælder fra { $start } til { $until }.
strategy-period = { $title } gjaldt fra { $start } til { $until }.
strategy-until = { $title } rækker frem mod { $until }; kilden siger ikke, hvornår den blev vedtaget.
strategy-title-only = Af { $title } kendes kun titlen.
strategy-undated = { $title }; kilden siger ikke, hvornår den blev vedtaget.
period-over = Bemærk: Strategien for { $place } gjaldt { $start }–{ $until }, så den er udløbet.
horizon-over = Bemærk: Strategien for { $place } rakte frem mod { $until }, og det år er gået.
replaced = Den er siden afløst af { $title }.
end-unknown = Kilden siger ikke, hvor længe den gælder, og jeg ved ikke, om { $place } har fået en ny siden.
order-sorted = { $count } strategier, den ældste først:
order-reversed = { $count } strategier, den nyeste først:
order-first = { $place } var først, i { $year }.
order-first-in-denmark = { $place } var først: Kommunen lancerede i { $year } landets første kommunale strategi for socialøkonomi.
order-last = { $count ->
    [one] Den nyeste er fra { $year }: { $places }.
   *[other] De nyeste er fra { $year }: { $places }.
}
order-next = Efter { $before } kom { $place }, i { $year }.
order-undated = Kilden siger ikke, hvornår strategien for { $places } blev vedtaget.
year-strategies = { $count ->
    [0] Ingen strategi er fra { $year }, men dette skete hos { $places }:
    [one] Én strategi hører til { $year }: { $places }.
   *[other] { $count } strategier hører til { $year }: { $places }.
}
order-previous = { $count ->
    [0] Ingen af dem, jeg kender, kom før { $place }.
   *[other] Før { $place } kom { $places }.
}
order-ordinal = Nummer { $number } var { $place }, i { $year }.
year-before = { $count ->
    [one] Én strategi er fra før { $year }: { $places }.
   *[other] { $count } strategier er fra før { $year }: { $places }.
}
year-after = { $count ->
    [one] Én strategi er fra efter { $year }: { $places }.
   *[other] { $count } strategier er fra efter { $year }: { $places }.
}
year-nothing = Jeg har intet om { $year }.
document-dated = { $title } er sidst opdateret eller dateret { $date }.
document-undated = { $title } har ingen dato i kilderne.

## Sammenligning
shared = { $count ->
    [0] Ingen temaer går igen hos { $places }.
    [one] { $places } har ét tema til fælles: { $themes }.
   *[other] { $places } har { $count } temaer til fælles: { $themes }.
}
initiative-count = { $count ->
    [one] 1 indsats.
   *[other] { $count } indsatser.
}
only-here = { $count ->
    [0] Intet tema er kun her.
    [one] Kun her: { $themes }.
   *[other] Kun her: { $themes }.
}
compared-on = { $places } om { $topics }:
only-one = { $count ->
    [0] Kilderne nævner ikke noget tema, som kun { $place } har.
    [one] Ét tema nævnes kun hos { $place } blandt de { $known } kommuner, jeg kender:
   *[other] { $count } temaer nævnes kun hos { $place } blandt de { $known } kommuner, jeg kender:
}
own-initiatives = Det særlige hos { $place } er dens egne indsatser: { $names }.
only-versus = { $count ->
    [0] Kilderne nævner ikke noget tema hos { $place }, som { $other } ikke har.
    [one] Ét tema nævnes hos { $place }, men ikke hos { $other }:
   *[other] { $count } temaer nævnes hos { $place }, men ikke hos { $other }:
}

## Dokumenter
documents-here = Jeg kender { $count } dokumenter:
documents-all = Her er alle { $count } dokumenter:
paper-overview = { $title } – overblikket over kommunernes strategier.
paper-note = { $title } – notat.
paper-strategy = { $title } – selve strategien.
paper-information = { $title } – information.
paper-evaluation = { $title } – evaluering.
paper-case = { $title } – fortællingen om projektet.
paper-page = { $title } – side på nettet.
paper-news = { $title } – artikel.
paper-report = { $title } – rapport.
paper-law = { $title } – lovtekst eller vejledning.
paper-title-only = Kun titlen er set.
paper-dated = Dateret { $date }.
paper-evaluates = Den evaluerer strategien { $title }.
link-document = Linket går til dokumentet.
link-page = Linket går til en side, der nævner eller rummer dokumentet – jeg kender ikke dets egen adresse.
link-search = Jeg kender ingen adresse; linket er kun en søgning på { $site } (gennem DuckDuckGo).

## Tal
count-municipalities = { $municipalities ->
    [one] 1 kommune: { $places }.
   *[other] { $municipalities } kommuner: { $places }.
}
count-most = Flest indsatser i mine kilder har { $places }, nemlig { $count }.
count-fewest = Færrest indsatser i mine kilder har { $places }, nemlig { $count }.
count-strategies = { $strategies ->
    [one] 1 strategi i { $places }.
   *[other] { $strategies } strategier fra { $municipalities } kommuner: { $places }.
}
count-initiatives = { $initiatives } indsatser i { $municipalities } kommuner: { $places }.
count-themes = { $themes } temaer.
count-documents = { $papers } dokumenter.
count-partners = { $partners } partnere er nævnt.
count-held = { $count ->
    [one] { $place } har 1 indsats: { $names }.
   *[other] { $place } har { $count } indsatser: { $names }.
}
count-beside = { $place } har { $count } indsatser. { $inside } af dem står i „{ $strategy }“, resten ved siden af: { $names }.
count-stated = { $place } har selv gjort strategien op til { $stated } { $what }. Jeg kender { $count } indsatser, når overblikkets egne regnes med: { $names }.
figure-by = { " " }inden udgangen af { $year }
figures-none = Kilderne giver ingen tal for { $places }.

## Mål og partnere
goals-all = Kilderne gengiver en vision eller mål for { $places } – af de { $known } kommuner, jeg kender.
goals-none = Kilderne gengiver ingen særskilt vision for { $place }, kun strategien { $title }.
partners-of = Partnere, som kilderne nævner for { $places }:
partners-none = Kilderne nævner ingen partnere ved navn for { $places }.
organisation-not-here = { $count ->
    [0] Nej, det finder jeg ikke: Kilderne nævner ikke { $name } i forbindelse med { $place }.
   *[other] Nej, det finder jeg ikke: Kilderne nævner ikke { $name } i forbindelse med { $place }, men med { $others }.
}
organisation-works = { $name } nævnes hos { $places }:

## Fundet, mens der skrives
found-in = { $name } ({ $place })

## Temaer og ord
list-themes = Du kan spørge om { $count } temaer:
means = { $word } betyder her: { $text }

## Forslag til næste spørgsmål
ask-who = Hvilke kommuner arbejder med { $topic }?
ask-has = Arbejder { $place } med { $topic }?
ask-overview = Hvad laver { $place }?
ask-compare = Sammenlign { $places }
ask-compare-topic = Sammenlign { $places } om { $topic }
ask-common = Hvad har { $places } til fælles?
ask-documents = Hvor er dokumentet fra { $place }?
ask-all-documents = Hvilke dokumenter har du?
ask-dates = Hvornår er strategien fra { $place }?
ask-partners = Hvem samarbejder { $place } med?
ask-goals = Hvad er målet i { $place }?
ask-themes = Hvilke temaer er der?
ask-municipalities = Hvilke kommuner kender du?
ask-order = Stil strategierne op efter årstal

## Småsnak
greeting = Hej! Spørg mig om kommunernes strategier for socialøkonomi – fx et af disse:
thanks = Selv tak. Spørg bare igen.
goodbye = Farvel, og velkommen tilbage.
how-are-you = Tak, jeg har det, som en robot har det: altid klar. Hvad vil du vide?
praise = Tak! Spørg endelig videre.
complaint = Det er jeg ked af. Prøv at spørge med andre ord – eller spørg „hvor står det?“, så viser jeg kilden.
identity = Jeg er Vejviser, en robot. Jeg svarer på spørgsmål om kommuners strategier for socialøkonomi ud fra offentlige kilder, som jeg altid nævner.
switch-language = Så svarer jeg på dansk.
help = Jeg svarer på spørgsmål om { $count } kommuners strategier for socialøkonomi: { $places }. Du kan fx spørge:
help-more = Skriv, som du taler – stavefejl gør ikke noget. Du kan også følge op: „og i Aarhus?“ eller „send mig dokumentet“. Vil du hellere se på det, så skriv „som billede“, „tidslinje“ eller „Aarhus på én side“.

## Når svaret mangler
unknown = Det ved jeg ikke – det står ikke i mine kilder.
unknown-instead = Du kan spørge mig om kommuners strategier for socialøkonomi: { $places }. Fx:
elsewhere = Jeg har ikke noget om { $places }. Jeg kender { $count } kommuner: { $known }.
gone = Det, som linket eller knappen fører til, findes ikke hos mig – måske er det ændret siden.
clarify = Mener du { $choices }?

## Om et svar hjalp
judge-yes = Det hjalp
judge-no = Det hjalp ikke
judge-thanks-yes = Tak, det er godt at vide.
judge-thanks-no = Tak, fordi du siger det. Så kan svarene blive bedre.
judge-thanks-again = Tak – det er allerede sagt om svaret.
