"""What departments did and have to do: activities, visits, tasks, the organisations named."""
