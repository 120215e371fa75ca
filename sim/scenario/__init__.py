"""What a user may say: validated, frozen inputs."""
