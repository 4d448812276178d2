return await Posiwid.App.Commands.CommandLine.RunAsync(args);
