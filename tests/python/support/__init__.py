"""What the tests share: engines, projects that install the package, and independent oracles."""
