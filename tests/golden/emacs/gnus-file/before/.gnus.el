(setq gnus-select-method '(nntp "news.example.org"))
(setq gnus-secondary-select-methods
      '((nnml "")
        (nnimap "google"
                (nnimap-address "imap.gmail.com")
                (nnimap-user "zoe@gmail.com"))))
