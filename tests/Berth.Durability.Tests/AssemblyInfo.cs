using Xunit.Sdk;
using Xunit.v3;

// Each test has the machine for itself: what the clients do in a second is what makes it worth something.
[assembly: Parallelization(Mode = ParallelMode.None)]
