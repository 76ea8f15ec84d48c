# Redaktionens side: basen med det, der mangler.
editors-title = Redaktion
editors-lead = Basen har { $municipalities } kommuner, { $initiatives } indsatser, { $documents } dokumenter og sider og { $terms } forklarede ord.
editors-how = Siden kan kun læses. Ret i filerne, og kør vejviser check: Den siger, hvad der er galt, og hvor.
editors-all = Alle kommuner
editors-missing = Mangler
editors-newest = Nyeste kilde
editors-entries = { $count ->
    [one] 1 oplysning om { $place }
   *[other] { $count } oplysninger om { $place }
}
editors-earlier = tidligere
editors-strategy = Strategi
editors-agreement = Aftale
editors-policy = Politik
editors-decision = Beslutning
editors-plan = Plan
editors-proposal = Forslag
editors-initiative = Indsats
editors-goal = Mål
editors-milestone = Trin
gap-no-strategy = ingen strategi
gap-title-only = kun strategiens titel
gap-undated = strategien har ingen dato
gap-over = strategiens periode er over
gap-no-initiatives = ingen indsatser
gap-no-goals = ingen mål
gap-no-address = et dokument uden adresse
gap-old = kilderne er over fem år gamle
gap-remarks = åbne spørgsmål i kilderne
