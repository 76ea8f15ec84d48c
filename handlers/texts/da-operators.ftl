# Til dem, der driver botten: status, beskeder om nyt, spørgsmål uden svar, og hvad der er galt.

## Hvordan den har det
status-base = Vidensbasen er version { $version }; det seneste nyt er fra { $date }.
status-entries = Kommuner: { $municipalities }, temaer: { $themes }, indsatser: { $initiatives }, dokumenter: { $documents }.
status-read = Botten læste den { $moment }.
status-base-faulty = Vidensbasen har fejl; en bot, der kører, svarer ud fra den, den læste sidst:
    { $faults }
status-chats = Database: { $database }. Samtaler: { $chats } ({ $paused } kan ikke nås), abonnementer: { $subscriptions }.
status-active = Nogen skrev sidst: { $moment }.
status-never = ikke endnu
status-inbox = Indbakke: { $waiting } beskeder fra Telegram venter, { $answering } bliver besvaret, { $failed } er opgivet de seneste dage.
status-inbox-oldest = Den ældste af dem kom { $moment }.
status-outbox = Udbakke: { $waiting } venter ({ $due } skal af sted nu), { $sending } bliver sendt, { $held } holdes tilbage, { $failed } er opgivet.
status-oldest = Den første af dem, der venter, skal eller skulle af sted { $moment }.
status-unanswered = Spørgsmål uden svar, der er gemt: { $count }.
status-unanswered-off = Spørgsmål uden svar gemmes ikke.
status-no-store = Databasen kan ikke bruges: { $fault }

## Målinger
metrics-served = Målinger: { $address }
metrics-not-served = { $place } kan ikke bruges ({ $fault }). Vælg en anden plads, fx VEJVISER_METRICS=127.0.0.1:9464

## Kommandoer i Telegram
operators-command-status = Se, hvordan botten har det
operators-command-announce = Se beskeden om det nye, og send den
operators-command-unanswered = Se de spørgsmål, der ikke blev forstået
operators-command-reload = Læs vidensbasen igen

## Besked om nyt
announce-nothing = Der er ikke noget nyt at give besked om.
announce-never = Der er aldrig givet besked fra denne database; første gang regnes alt i vidensbasen for gammelt.
announce-each = { $update }: { $now } får den med det samme, { $later } i en fast besked.
announce-more = { $count } til vises ikke her.
announce-ask = Skal beskeden sendes til alle, der følger det?
announce-yes = Ja, send
announce-no = Nej, send ikke
announce-kept = Der er ikke sendt noget.
announce-changed = Det nye er et andet end det, du har set. Skriv /announce for at se det igen.
announce-done = Sat i gang: { $what }.
announce-queued = { $update } (modtagere: { $count })

## Spørgsmål uden svar
unanswered-off = Spørgsmål uden svar gemmes ikke; VEJVISER_UNANSWERED_DAYS slår det til.
unanswered-none = Der er ingen spørgsmål uden svar.
unanswered-some = Spørgsmål uden svar, der er gemt: { $count }. De, der ligner hinanden, står sammen.
unanswered-page = Nr. { $first }–{ $last } af { $groups }, de hyppigste først.
unanswered-times = { $count ->
    [one] 1 gang
   *[other] { $count } gange
}, sidst { $date }, { $spoken }
unanswered-not-helped = svaret hjalp ikke: { $count }
unanswered-read-as = forstås nu som { $intent }
unanswered-nearest = nærmest: { $intent } ({ $score }), „{ $by }“
unanswered-nothing-near = intet er i nærheden
unanswered-before = Forrige
unanswered-next = Næste

## Vidensbasen
reload-done = Vidensbasen er læst igen og er nu version { $version }.
reload-refused = Vidensbasen har fejl, så botten svarer stadig ud fra den gamle (version { $version }):

## Når noget går galt
alert = Botten melder om fejl:
alert-more = … og { $count } til. Se loggen.
