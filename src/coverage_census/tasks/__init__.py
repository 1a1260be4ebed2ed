"""Tasks (任务): gaps and human entries come in, work with owner, due date and state comes out."""
