"""What goes back to the sender: the problems of a file as marks and a list; and the answers that come back."""
