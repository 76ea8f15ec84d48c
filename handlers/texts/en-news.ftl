# What is new in the base: the answer to ‘what is new?’, the notices, and the drafts for the editor.

## What has happened
news-added = New
news-changed = Changed
news-expired = Expired
news-new-document = New document
news-point = { $date } – { $what }:
news-more = Read more on the news of { $date }

## ‘What is new?’
news-all = { $count ->
    [one] There is one piece of news:
   *[other] There are { $count } pieces of news, the newest first:
}
news-on = { $count ->
    [one] There is one piece of news on { $what }:
   *[other] There are { $count } pieces of news on { $what }, the newest first:
}
news-since = { $count ->
    [one] One piece of news has come since { $date }:
   *[other] { $count } pieces of news have come since { $date }, the newest first:
}
news-on-since = { $count ->
    [one] One piece of news on { $what } has come since { $date }:
   *[other] { $count } pieces of news on { $what } have come since { $date }, the newest first:
}
news-none = There is nothing new yet.
news-none-on = There is nothing new on { $what }.
news-none-since = Nothing new has come since { $date }.
news-none-on-since = Nothing new on { $what } has come since { $date }.
news-happened = This is what the sources themselves date of { $place } from { $date } on:
news-newest = The latest is from { $date }:
ask-news = What is new?

## Notices
notice-head = { $what } – { $date }
notice-digest = { $count } pieces of news for you
notice-why = You get this notice because you subscribe to { $scopes }.

## Drafts for the editor
draft-more = { $count } more
draft-added = { $place ->
    [none] New: { $names }.
   *[other] New from { $place }: { $names }.
}
draft-changed = { $place ->
    [none] Changed: { $names }.
   *[other] Changed in { $place }: { $names }.
}
draft-expired = { $place ->
    [none] Expired: { $names }.
   *[other] Expired in { $place }: { $names }.
}
draft-new-document = { $place ->
    [none] New document: { $names }.
   *[other] New document from { $place }: { $names }.
}
