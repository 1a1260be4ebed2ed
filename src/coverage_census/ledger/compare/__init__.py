"""Two rounds side by side: what came, went and changed, and why the rates moved."""
