# Nyt i vidensbasen: svaret på „hvad er nyt?“, beskederne og udkastene til redaktøren.

## Hvad der er sket
news-added = Nyt
news-changed = Ændret
news-expired = Udløbet
news-new-document = Nyt dokument
news-point = { $date } – { $what }:
news-more = Læs mere om nyt fra { $date }

## „Hvad er nyt?“
news-all = { $count ->
    [one] Der er én nyhed:
   *[other] Der er { $count } nyheder, den nyeste først:
}
news-on = { $count ->
    [one] Der er én nyhed om { $what }:
   *[other] Der er { $count } nyheder om { $what }, den nyeste først:
}
news-since = { $count ->
    [one] Der er kommet én nyhed siden { $date }:
   *[other] Der er kommet { $count } nyheder siden { $date }, den nyeste først:
}
news-on-since = { $count ->
    [one] Der er kommet én nyhed om { $what } siden { $date }:
   *[other] Der er kommet { $count } nyheder om { $what } siden { $date }, den nyeste først:
}
news-none = Der er ikke noget nyt endnu.
news-none-on = Der er ikke noget nyt om { $what }.
news-none-since = Der er ikke kommet noget nyt siden { $date }.
news-none-on-since = Der er ikke kommet noget nyt om { $what } siden { $date }.
news-happened = Det daterer kilderne selv om { $place } fra { $date } og frem:
news-newest = Det seneste er fra { $date }:
ask-news = Hvad er nyt?

## Beskeder
notice-head = { $what } – { $date }
notice-digest = { $count } nyheder til dig
notice-why = Du får denne besked, fordi du abonnerer på { $scopes }.

## Udkast til redaktøren
draft-more = { $count } til
draft-added = { $place ->
    [none] Nyt: { $names }.
   *[other] Nyt fra { $place }: { $names }.
}
draft-changed = { $place ->
    [none] Ændret: { $names }.
   *[other] Ændret hos { $place }: { $names }.
}
draft-expired = { $place ->
    [none] Udløbet: { $names }.
   *[other] Udløbet hos { $place }: { $names }.
}
draft-new-document = { $place ->
    [none] Nyt dokument: { $names }.
   *[other] Nyt dokument fra { $place }: { $names }.
}
