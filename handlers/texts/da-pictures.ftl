# Billeder: hvem gør hvad, tidslinjen og kommuner side om side.

show-picture = Vis som billede
show-timeline = Vis som tidslinje
show-matrix = Vis temaerne som billede
picture-cut = Her er { $shown } af { $count } kommuner; nævn dem, du vil se.
picture-cut-strategies = Her er de { $shown } nyeste af { $count } strategier; nævn en kommune for at se dens.
picture-as-of = Som det så ud i { $month }.
table-theme = Tema
table-place = Kommune
table-strategy = Strategi
table-years = Hvornår

## Temaer og kommuner
matrix-title = Hvem arbejder med hvad?
matrix-alt = { $known ->
    [one] { $themes } temaer i 1 kommune. Mest udbredt: { $common } ({ $count } af { $known }). Flest temaer: { $busiest } ({ $number }).
   *[other] { $themes } temaer i { $known } kommuner. Mest udbredt: { $common } ({ $count } af { $known }). Flest temaer: { $busiest } ({ $number }).
}
matrix-alt-empty = Kilderne nævner ingen temaer hos { $places }.
grid-number = antal indsatser
grid-nothing = nævnes ikke i kilderne
grid-told = Tallene er antal indsatser; – betyder, at kilderne ikke nævner temaet, ikke at kommunen ikke har det.

## Tidslinjen
timeline-title = Strategierne i tid
timeline-today = i dag
timeline-alt = { $count ->
    [0] Kilderne nævner ingen strategi.
    [one] 1 strategi på en tidslinje { $start }–{ $until }: { $states }.
   *[other] { $count } strategier hos { $places } på en tidslinje { $start }–{ $until }: { $states }.
}
counted-in-force = { $count } gælder
counted-expired = { $count } er udløbet
counted-replaced = { $count } er afløst
counted-unknown = { $count } har ukendt slutår
state-in-force = gælder
state-expired = udløbet
state-replaced = afløst
state-unknown = slutår ukendt
years-both = { $start }–{ $until }
years-from = fra { $date }
years-until = frem mod { $until } (startår ukendt)
years-unknown = årstal ukendt

## Side om side
compared-title = { $places }
compared-shared = Fælles
compared-some = Hos flere af dem
compared-only = Kun hos { $place }
compared-count = { $place } ({ $count })
compared-alone = Temaer, som kun én af dem har: { $counted }.

## På én side
show-brief = { $name } på én side (PDF)
brief-of-what = Hvilken kommune eller hvilket tema vil du have på én side?
brief-here = Her er { $title } på én side, klar til at printe (PDF).
brief-kind-place = Socialøkonomi i kommunen
brief-kind-theme = Tema i kommunernes socialøkonomi
brief-lead-place = { $count ->
    [0] Kilderne nævner ingen indsatser for socialøkonomi.
    [one] Kilderne beskriver 1 indsats for socialøkonomi.
   *[other] Kilderne beskriver { $count } indsatser for socialøkonomi inden for { $themes } temaer.
}
brief-lead-theme = { $count } af { $known } kommuner har indsatser om det i kilderne.
brief-strategies = { $count ->
    [one] Strategi
   *[other] Strategier
}
brief-by-theme = Indsatser efter tema
brief-by-place = Kommune for kommune
brief-goals = Mål og tal
brief-partners = Partnere
brief-silent = Nævnes ikke hos
brief-papers = Dokumenter
brief-link = ({ $kind }: { $site })
link-kind-document = selve dokumentet
link-kind-page = side om det
brief-more = … og { $count } til.
brief-made = Lavet med Vejviser { $date }.
brief-unknown = Jeg har ingen side om „{ $name }“. Jeg kan lave en om en kommune ({ $places }) eller et tema ({ $themes }).
