;; an older one
